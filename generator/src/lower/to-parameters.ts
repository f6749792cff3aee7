import type { ParametersIr } from '../ir.js'
import type { Payload } from '../model/model.js'
import type { Lowered } from './lowered.js'
import { conversionOf, propertiesOf, requiredOf } from './parameters.js'

/** How the text of parameters becomes values: in the order that is given, else sorted. Null when there are none. */
export function toParameters(
  payload: Payload | null,
  lowered: Lowered,
  order?: readonly string[],
): ParametersIr | null {
  if (payload === null) return null
  const schema = lowered.nameOf(payload)
  const reference = { $ref: `#/$defs/${schema}` }
  const properties = propertiesOf(reference, lowered.definitions) ?? {}
  const required = requiredOf(reference, lowered.definitions)
  const names = order ?? Object.keys(properties).sort()
  const convert = names.flatMap((name) => {
    const conversion = conversionOf(properties[name] ?? true, lowered.definitions)
    if (conversion === undefined) return []
    // A URL has no way to write an empty list: a required one is left out of it.
    const isList = conversion.repeated && required.includes(name)
    return [{ name, ...conversion, ...(isList && { required: true as const }) }]
  })
  return { schema, convert }
}
