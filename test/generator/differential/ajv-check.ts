import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { JsonSchema } from 'wirepact/compiler'

export type AjvVerdict = boolean | 'unknown'

interface Limit {
  /** What Ajv does there, against JSON Schema. */
  readonly because: string
  readonly schema: RegExp
  /** Whether only those schemas are meant that have a keyword for what is unevaluated. */
  readonly isOfUnevaluated?: true
  /** The values that it matters for. Default: all. */
  readonly value?: RegExp
}

const inherited = /"(?:constructor|valueOf|toString|hasOwnProperty|isPrototypeOf|__defineGetter__)":/

/** Where Ajv is known not to follow JSON Schema 2020-12, by the text of schemas and values. */
const limits: readonly Limit[] = [
  { because: 'it leaves a property of this name out of a schema', schema: /"__proto__"/ },
  { because: 'it takes an empty name that is missing for none', schema: /equired":[^\]]*[[,]""/ },
  { because: 'it can take an empty list for one that contains an item', schema: /"contains"/, value: /\[\]/ },
  {
    because: 'it does not count what contains finds as evaluated (core, section 10.3.1.3)',
    schema: /"contains".*"unevaluatedItems"|"unevaluatedItems".*"contains"/s,
  },
  {
    because: 'it counts what a part of a branch evaluated although the branch does not fit',
    schema: /"(?:anyOf|oneOf|if)".*"(?:anyOf|oneOf|if|allOf)"/s,
    isOfUnevaluated: true,
  },
  {
    because: 'it keeps what was evaluated in an object, which has the inherited names from the start',
    schema: /"unevaluatedProperties"/,
    value: inherited,
  },
  {
    because: 'it compares objects by these properties, and calls two of them',
    schema: /"(?:const|enum|uniqueItems)"/,
    value: inherited,
  },
  {
    because: 'it compares objects by these properties, and calls two of them',
    schema: new RegExp(`"(?:const|enum)".*${inherited.source}`, 's'),
  },
  {
    // Schemas have no divisors such as 0.1 either: multiples in decimal have a test of their own.
    because: 'it divides in binary, which is not exact beyond 2^53',
    schema: /"multipleOf"/,
    value: /\d{16}|e\+/,
  },
]

/** What Ajv says of a value; `unknown` where it is known to be wrong. */
export function ajvCheck(document: JsonSchema): (value: unknown) => AjvVerdict {
  const text = JSON.stringify(document)
  const parts = unevaluatedParts(document)
  const applying = limits.filter(({ schema, isOfUnevaluated }) => {
    return isOfUnevaluated ? parts.some((part) => schema.test(part)) : schema.test(text)
  })
  if (applying.some(({ value }) => value === undefined)) return () => 'unknown'
  const ajv = new Ajv2020({ strict: false, ownProperties: true, unicodeRegExp: true, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(document)
  return (value) => {
    const valueText = JSON.stringify(value)
    return applying.some((limit) => limit.value?.test(valueText)) ? 'unknown' : run(validate, value)
  }
}

/** The texts of the schemas with `unevaluatedItems` or `unevaluatedProperties`. */
function unevaluatedParts(document: JsonSchema): readonly string[] {
  const parts: string[] = []
  JSON.stringify(document, (_, value: unknown) => {
    if (typeof value !== 'object' || value === null) return value
    const { $defs, ...own } = value as Readonly<Record<string, unknown>>
    if ('unevaluatedItems' in own || 'unevaluatedProperties' in own) parts.push(JSON.stringify(own))
    return value
  })
  return parts
}

/** Its code for what is unevaluated can use variables that it did not declare. */
function run(validate: (value: unknown) => boolean, value: unknown): AjvVerdict {
  try {
    return validate(value)
  } catch (thrown) {
    if (thrown instanceof ReferenceError) return 'unknown'
    throw thrown
  }
}
