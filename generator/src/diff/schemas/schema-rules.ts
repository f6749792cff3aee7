import { compareConditions, compareParts, comparePropertyNames } from './compare-conditions.js'
import { compareEvaluated, compareMoved } from './compare-evaluated.js'
import { compareForms, compareMultiples } from './compare-forms.js'
import { compareItems, compareUniqueness } from './compare-items.js'
import { compareLimits } from './compare-limits.js'
import { compareNotes } from './compare-notes.js'
import { compareOthers, compareProperties } from './compare-properties.js'
import { compareTypes } from './compare-types.js'
import { compareUnions } from './compare-unions.js'
import { compareValues } from './compare-values.js'
import type { SchemaRule } from './schema-rule.js'

/** Everything that is compared about two schemas. */
export const schemaRules: readonly SchemaRule[] = [
  compareTypes,
  compareValues,
  compareProperties,
  compareOthers,
  compareEvaluated,
  compareMoved,
  compareItems,
  compareUniqueness,
  compareLimits,
  compareForms,
  compareMultiples,
  compareUnions,
  compareParts,
  comparePropertyNames,
  compareConditions,
  compareNotes,
]
