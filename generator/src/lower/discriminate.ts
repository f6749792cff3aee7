import type { MessageModel, RouteModel } from '../model/model.js'
import { isRecord } from '../model/part-kind.js'
import type { Lowered } from './lowered.js'
import { follow } from './parameters.js'

/** How the JSON messages of a bare route are told apart. */
export interface Discrimination {
  /** The property that does it; undefined when none does, or none is needed. */
  readonly property?: string
  /** The messages that the declared property does not tell from the others. */
  readonly unclear: readonly MessageModel[]
  /** Whether several messages of one direction have no property that tells them apart. */
  readonly isMissing: boolean
}

/** Properties that are the usual ones come first among those that would do. */
const usual = ['type', 'kind', 'event', 'op', 'method', 'action']

/** Finds the property that tells the messages of a bare route apart, in each direction by itself. */
export function discriminate(route: RouteModel, lowered: Lowered): Discrimination {
  const directions = [route.clientToServer, route.serverToClient]
    .map((messages) => messages.filter((message) => message.data !== null && !message.data.content))
    .map((messages) => messages.map((message) => ({ message, constants: constantsOf(message, lowered) })))
  const { discriminator } = route.options
  if (typeof discriminator === 'string') {
    const unclear = directions.flatMap((messages) => unclearBy(discriminator, messages))
    return { property: discriminator, unclear, isMissing: false }
  }
  const several = directions.filter((messages) => messages.length > 1)
  const candidates = [...(several[0]?.[0]?.constants.keys() ?? [])]
  const property = [...usual.filter((name) => candidates.includes(name)), ...candidates].find((name) =>
    several.every((messages) => unclearBy(name, messages).length === 0),
  )
  return {
    ...(property !== undefined && { property }),
    unclear: [],
    isMissing: several.length > 0 && property === undefined,
  }
}

interface Candidate {
  readonly message: MessageModel
  readonly constants: ReadonlyMap<string, unknown>
}

function unclearBy(property: string, messages: readonly Candidate[]): readonly MessageModel[] {
  const seen = new Set<unknown>()
  return messages
    .filter(({ constants }) => {
      const isClear = constants.has(property) && !seen.has(constants.get(property))
      seen.add(constants.get(property))
      return !isClear
    })
    .map(({ message }) => message)
}

/** The properties that always have the same value in a message. */
function constantsOf({ data }: MessageModel, { definitions, nameOf }: Lowered): ReadonlyMap<string, unknown> {
  const object = data === null ? true : follow({ $ref: `#/$defs/${nameOf(data)}` }, definitions)
  if (typeof object === 'boolean' || !isRecord(object.properties)) return new Map()
  const required: readonly unknown[] = Array.isArray(object.required) ? object.required : []
  const constants = Object.entries(object.properties).flatMap(([name, property]) => {
    const value = required.includes(name) ? constantOf(property) : undefined
    return value === undefined ? [] : [[name, value] as const]
  })
  return new Map(constants)
}

/** The only value of a schema, where the schema itself says it; undefined when there are others, or it is no scalar. */
function constantOf(schema: unknown): string | number | boolean | undefined {
  if (!isRecord(schema)) return undefined
  const isSingle = Array.isArray(schema.enum) && schema.enum.length === 1
  const value: unknown = isSingle ? (schema.enum as unknown[])[0] : schema.const
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined
}
