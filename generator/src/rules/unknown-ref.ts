import { closest } from '../diagnose/suggest.js'
import { isRecord } from '../model/part-kind.js'
import type { Rule } from './rule.js'

/** UNKNOWN_REF: a reference leads to a schema of this API. */
export const unknownRef: Rule = ({ lowering, ids }) =>
  lowering.dangling.map(({ ref, path, scope }) => {
    const local = scope.flatMap(({ schema }) => namesIn(schema.$defs).concat(namesIn(schema.definitions)))
    const [, prefix = '', name = ref] = /^(#\/(?:\$defs|definitions)\/)?(.*)$/.exec(ref) ?? []
    const meant = closest(name, prefix === '' ? [...local, ...ids] : local)
    const message = `There is no schema "${ref}".`
    return { code: 'UNKNOWN_REF', message, path, ...(meant !== undefined && { suggestion: prefix + meant }) }
  })

function namesIn(schemas: unknown): readonly string[] {
  return isRecord(schemas) ? Object.keys(schemas) : []
}
