import { canonicalJson } from '../../lower/canonical.js'
import type { SchemaRule } from './schema-rule.js'

const notes = [
  ['description', 'DESCRIPTION_CHANGED'],
  ['examples', 'EXAMPLES_CHANGED'],
  ['default', 'DEFAULT_CHANGED'],
  ['title', 'ANNOTATION_CHANGED'],
  ['readOnly', 'ANNOTATION_CHANGED'],
  ['writeOnly', 'ANNOTATION_CHANGED'],
  ['contentEncoding', 'ANNOTATION_CHANGED'],
  ['contentMediaType', 'ANNOTATION_CHANGED'],
] as const

/** What a schema says to people. */
export const compareNotes: SchemaRule = function* ({ before, after }) {
  for (const [keyword, kind] of notes) {
    if (canonicalJson(before[keyword]) === canonicalJson(after[keyword])) continue
    const what = `${keyword} is ${keyword in after ? (keyword in before ? 'another one' : 'new') : 'gone'}.`
    yield { kind, steps: [keyword], what }
  }
  const [was, is] = [before.deprecated === true, after.deprecated === true]
  if (was === is) return
  const what = is ? 'It is deprecated now.' : 'It is not deprecated any more.'
  yield { kind: is ? 'DEPRECATED' : 'DEPRECATION_LIFTED', steps: ['deprecated'], what }
}
