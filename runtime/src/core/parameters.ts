import { type Problem, WirepactError } from '@wirepact/protocol'
import type { Conversion, ListConversion, ParametersDefinition } from '../definition.js'

export type ParameterValues = Readonly<Record<string, unknown>>
/** The text of a parameter, or of one that comes several times. */
export type Text = string | readonly string[]

const empty: ParameterValues = Object.freeze({})

/** What a refusal names: the code, and where the parameters come from. */
export interface ParameterSource {
  readonly code: 'INVALID_PARAMS' | 'INVALID_QUERY' | 'INVALID_HEADERS' | 'INVALID_COOKIES'
  readonly what: string
}

/** Typed values from the text of parameters. Throws `source.code`, with the problems. */
export async function readParameters(
  definition: ParametersDefinition | undefined,
  text: Readonly<Record<string, Text>>,
  source: ParameterSource,
): Promise<ParameterValues> {
  if (definition === undefined) return empty
  const values: Record<string, unknown> = {}
  for (const [name, conversion] of Object.entries(definition.convert)) {
    if (Object.hasOwn(text, name)) values[name] = convert(text[name] as Text, conversion)
    else if (conversion[1] === 'required') values[name] = []
  }
  if (definition.validator.check(values)) return values
  throw refusal(source, await definition.validator.explain(values))
}

function refusal(source: ParameterSource, problems: readonly Problem[]): WirepactError {
  return new WirepactError(source.code, `The ${source.what} do not fit the schema.`, { problems })
}

function convert(text: Text, conversion: Conversion | ListConversion): unknown {
  const all = typeof text === 'string' ? [text] : text
  if (typeof conversion !== 'string') return all.map((one) => convertOne(one, conversion[0]))
  return all.length === 1 ? convertOne(all[0] as string, conversion) : all
}

/** What has not the form of the type stays text, so that the validator names it. */
function convertOne(text: string, conversion: Conversion): unknown {
  if (conversion === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (conversion === 'integer') return /^-?\d{1,16}$/.test(text) ? Number(text) : text
  if (conversion === 'number') return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : text
  return text
}
