import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import { keywordForm } from '../lower/keywords.js'
import type { SchemaNode } from '../lower/walk-schemas.js'
import { isRecord } from '../model/part-kind.js'
import { isJson } from './is-json.js'
import type { Rule } from './rule.js'

const types = ['string', 'number', 'integer', 'boolean', 'null', 'object', 'array']

/** Types that TypeBox knows and JSON does not, with what to do about it. */
const beyondJson: Readonly<Record<string, string>> = {
  bigint: 'send it as a string',
  symbol: 'leave it out',
  undefined: 'leave it out, or make the property optional',
  void: 'leave the option out',
  function: 'leave it out',
  constructor: 'leave it out',
}

/** NO_JSON_FORM and UNKNOWN_TYPE: schemas of values that cannot be sent as JSON. */
export const noJsonForm: Rule = ({ nodes }) => nodes.flatMap((node) => [...typeOf(node), ...valuesOf(node)])

function typeOf({ schema, path }: SchemaNode): readonly Finding[] {
  if (!isRecord(schema) || schema.type === undefined) return []
  const given: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [schema.type]
  return given
    .filter((type) => typeof type !== 'string' || !types.includes(type))
    .map((type) => {
      const advice =
        typeof type === 'string' && Object.hasOwn(beyondJson, type) ? beyondJson[type] : undefined
      if (advice !== undefined) {
        return { code: 'NO_JSON_FORM', message: `JSON has no ${String(type)}: ${advice}.`, path }
      }
      const suggestion = typeof type === 'string' ? closest(type, types) : undefined
      const finding = {
        code: 'UNKNOWN_TYPE',
        message: `There is no type ${JSON.stringify(type) ?? 'like this'}.`,
      }
      return { ...finding, path: [...path, 'type'], ...(suggestion !== undefined && { suggestion }) }
    })
}

function valuesOf({ schema, path }: SchemaNode): readonly Finding[] {
  if (!isRecord(schema)) return []
  const values = Object.keys(schema).filter((key) => ['value', 'docs'].includes(keywordForm(key) ?? ''))
  return values
    .filter((key) => schema[key] !== undefined && !(key === 'pattern' && schema[key] instanceof RegExp))
    .filter((key) => key !== 'type' && !isJson(schema[key]))
    .map((key) => ({
      code: 'NO_JSON_FORM',
      message: `The value of ${key} has no form in JSON.`,
      path: [...path, key],
    }))
}
