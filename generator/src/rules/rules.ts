import type { Rule } from './rule.js'

/** Every rule, in no particular order: what they find is sorted by its place afterwards. */
export const rules: readonly Rule[] = []
