import { arrayCases } from './diff-array-cases.js'
import { formCases } from './diff-form-cases.js'
import { objectCases } from './diff-object-cases.js'
import { typeCases } from './diff-type-cases.js'

/** A case for every kind of change of a payload. */
export const schemaCases = [...typeCases, ...objectCases, ...arrayCases, ...formCases]
