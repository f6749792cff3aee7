import type { TemplateValues } from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import type { RouteChannel } from '../core/route.js'
import { requireValid } from '../core/sending.js'

/**
 * The full name of a channel; values that are no parameters of it are left out. Throws a `TypeError` when one is
 * missing, and `INVALID_OUTPUT` when they do not fit the schema.
 */
export function nameChannel(core: Core, channel: RouteChannel, values: TemplateValues): string {
  const { definition, template } = channel
  if (definition.params !== undefined && core.validatesOutput) {
    const own = Object.fromEntries(template.names.map((name) => [name, values[name]]))
    requireValid(definition.params.validator, own, `${channel.key} name`)
  }
  return template.fill(values)
}
