import type { ParametersIr } from '../ir.js'
import type { Payload } from '../model/model.js'
import type { Lowered } from './lowered.js'
import { conversionOf, propertiesOf } from './parameters.js'

/** How the text of parameters becomes values: in the order that is given, else sorted. Null when there are none. */
export function toParameters(
  payload: Payload | null,
  lowered: Lowered,
  order?: readonly string[],
): ParametersIr | null {
  if (payload === null) return null
  const schema = lowered.nameOf(payload)
  const properties = propertiesOf({ $ref: `#/$defs/${schema}` }, lowered.definitions) ?? {}
  const names = order ?? Object.keys(properties).sort()
  const convert = names.flatMap((name) => {
    const conversion = conversionOf(properties[name] ?? true, lowered.definitions)
    return conversion === undefined ? [] : [{ name, ...conversion }]
  })
  return { schema, convert }
}
