import { compareTemplates, intersectTemplates, parseTemplate, type Template } from '@wirepact/protocol'
import type { ApiModel, ChannelModel, RouteModel } from '../model/model.js'

/** A channel by its name, on its route. */
export interface NamedChannel {
  readonly route: RouteModel
  readonly channel: ChannelModel
  readonly template: Template
}

/** Two channels that can have the same name, in the order of the source. */
export interface Meeting {
  readonly first: NamedChannel
  readonly second: NamedChannel
  /** The names that both templates fit. */
  readonly common: Template
  /** Whether both fit the same names and no others. */
  readonly isSame: boolean
}

/** The channels whose names are templates; what is wrong with the others is said elsewhere. */
export function namedChannels(model: ApiModel): readonly NamedChannel[] {
  return model.routes.flatMap((route) =>
    route.channels.flatMap((channel) => {
      const { name } = channel.options
      const template = typeof name === 'string' ? parseTemplate(name) : undefined
      return template === undefined || template.hasRest ? [] : [{ route, channel, template }]
    }),
  )
}

/** Every two channels of one route that can have the same name. */
export function meetingsWithin(named: readonly NamedChannel[]): readonly Meeting[] {
  return meetings(named, (first, second) => first.route === second.route)
}

/** Every two channels of different routes that have names in common, which belong to them on their routes. */
export function meetingsAcross(named: readonly NamedChannel[]): readonly Meeting[] {
  const all = meetings(named, (first, second) => first.route !== second.route)
  return all.filter(({ first, second, common }) =>
    [first, second].every((one) => ownerOf(common, one.route, named) === one),
  )
}

/** The most specific channel of the route that fits all of these names. */
export function ownerOf(
  names: Template,
  route: RouteModel,
  named: readonly NamedChannel[],
): NamedChannel | undefined {
  const fitting = named.filter((one) => one.route === route && fitsAll(one.template, names))
  return fitting.sort((a, b) => compareTemplates(a.template, b.template))[0]
}

function fitsAll({ segments }: Template, names: Template): boolean {
  if (segments.length !== names.segments.length) return false
  return segments.every(({ text }, index) => text === undefined || text === names.segments[index]?.text)
}

function meetings(
  named: readonly NamedChannel[],
  isLooked: (first: NamedChannel, second: NamedChannel) => boolean,
): readonly Meeting[] {
  const found: Meeting[] = []
  for (const [index, second] of named.entries()) {
    for (let before = 0; before < index; before++) {
      const first = named[before]
      if (first === undefined || !isLooked(first, second)) continue
      const common = intersectTemplates(first.template, second.template)
      if (common !== undefined) found.push({ first, second, common, isSame: isSame(first, second, common) })
    }
  }
  return found
}

function isSame({ template: a }: NamedChannel, { template: b }: NamedChannel, common: Template): boolean {
  return a.names.length === common.names.length && b.names.length === common.names.length
}
