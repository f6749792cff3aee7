import { type TemplateValues, WirepactError } from '@wirepact/protocol'
import { type ParameterValues, readParameters } from './parameters.js'
import type { Route, RouteChannel } from './route.js'

/** A channel that a name belongs to, with the parameters in it. */
export interface FoundChannel {
  readonly channel: RouteChannel
  readonly params: ParameterValues
}

/**
 * The channel of a name, with its parameters. A name whose values would be written differently belongs to no
 * channel: it would be another one than the values say. Throws `UNKNOWN_CHANNEL` and `INVALID_PARAMS`.
 */
export async function findChannel(route: Route, name: string, maxLength: number): Promise<FoundChannel> {
  const found = name.length > maxLength || !isWritten(name) ? undefined : route.findChannel(name)
  if (found === undefined) throw unknownChannel()
  const { channel, params: text } = found
  const { params: definition } = channel.definition
  if (definition === undefined) {
    if (channel.template.fill(text) !== name) throw unknownChannel()
    return { channel, params: text }
  }
  const params = await readParameters(definition, text, {
    code: 'INVALID_PARAMS',
    what: 'channel parameters',
  })
  if (channel.template.fill(params as TemplateValues) !== name) throw unknownChannel()
  return { channel, params }
}

/** Whether the name has a form in UTF-8; half of a surrogate pair, which JSON can bring, has none. */
function isWritten(name: string): boolean {
  return !/\p{Surrogate}/u.test(name)
}

function unknownChannel(): WirepactError {
  return new WirepactError('UNKNOWN_CHANNEL', 'There is no channel of this name.')
}
