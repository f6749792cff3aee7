import { isOfType, typesOf, valuesOf } from './compare-types.js'
import { withoutIdle } from './idle-keywords.js'
import { isTuple, toTuple } from './normalise-tuple.js'
import { toValues } from './normalise-values.js'
import { isBareUnion, isUnconstrained, unionOf } from './parts-of-schema.js'
import type { ObjectSchema } from './schema-rule.js'

type Both = readonly [before: ObjectSchema, after: ObjectSchema]

/** Both sides in one form, where each is in another one: a form is taken only where the other side has it. */
export function align(before: ObjectSchema, after: ObjectSchema): Both {
  return alignTuples(alignUnions(alignValues([before, after])))
}

/** A boolean beside a list of values is the list of both. */
function alignValues([before, after]: Both): Both {
  if (valuesOf(before) !== undefined) return [before, toValues(after)]
  return valuesOf(after) === undefined ? [before, after] : [toValues(before), after]
}

/** Both as variants, where one has them and the other one is a single one, or one for several types. */
function alignUnions([before, after]: Both): Both {
  if (isBareUnion(before) && isSingle(after)) return [before, { anyOf: variantsOf(after) }]
  if (isBareUnion(after) && isSingle(before)) return [{ anyOf: variantsOf(before) }, after]
  return [before, after]
}

function isSingle(schema: ObjectSchema): boolean {
  return unionOf(schema) === undefined && !isUnconstrained(schema)
}

/** A schema for several types as one for each of them. */
function variantsOf(schema: ObjectSchema): readonly ObjectSchema[] {
  const { type } = schema
  return Array.isArray(type) ? type.map((one: string) => variantFor(one, schema)) : [schema]
}

function variantFor(type: string, schema: ObjectSchema): ObjectSchema {
  const values = valuesOf(schema)?.filter((value) => isOfType(value, type))
  const { const: _, ...variant } = withoutIdle({ ...schema, type })
  return { ...variant, ...(values !== undefined && { enum: values }) }
}

/** A list of limited length beside a tuple is compared position by position. */
function alignTuples([before, after]: Both): Both {
  if (isTuple(before) && isList(after)) return [before, toTuple(after)]
  return isTuple(after) && isList(before) ? [toTuple(before), after] : [before, after]
}

function isList(schema: ObjectSchema): boolean {
  return typesOf(schema).includes('array')
}
