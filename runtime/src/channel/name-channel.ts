import { type Template, type TemplateValues, WirepactError } from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import type { RouteChannel } from '../core/route.js'
import { requireValid } from '../core/sending.js'

/**
 * The full name of a channel; values that are no parameters of it are left out. Throws a `TypeError` when one is
 * missing, `INVALID_OUTPUT` when they do not fit the schema, and `UNKNOWN_CHANNEL` when a more specific channel of the
 * route has the name.
 */
export function nameChannel(core: Core, channel: RouteChannel, values: TemplateValues): string {
  const { definition, template } = channel
  if (definition.params !== undefined && core.validatesOutput) {
    const own = Object.fromEntries(template.names.map((name) => [name, values[name]]))
    requireValid(definition.params.validator, own, `${channel.key} name`)
  }
  const name = template.fill(values)
  if (channel.before !== undefined) requireOwn(channel.before, channel, name)
  return name
}

/** What clients may not reach by way of a wider template, handlers that are given its values do not reach either. */
function requireOwn(before: readonly Template[], { key, template }: RouteChannel, name: string): void {
  const owner = before.find((other) => other.match(name) !== undefined)
  if (owner === undefined) return
  const what = `${name} is a channel of ${owner.source}`
  throw new WirepactError(
    'UNKNOWN_CHANNEL',
    `${what}, which is more specific than ${template.source} of ${key}.`,
  )
}
