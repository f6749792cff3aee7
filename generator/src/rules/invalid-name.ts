import { toCamel } from '../model/type-name.js'
import { namedThings } from './names.js'
import type { Rule } from './rule.js'

const identifier = /^[A-Za-z_$][\w$]*$/

/** INVALID_NAME: names become methods and types, so they are identifiers. */
export const invalidName: Rule = ({ model }) =>
  namedThings(model)
    .filter(({ name }) => !identifier.test(name) || toCamel(name) === '')
    .map(({ what, name, place }) => {
      const suggestion = toCamel(name)
      const message = `"${name}" cannot name a ${what}: a name is made of A to Z, a to z, digits, _ and $, does not begin with a digit, and has a letter or a digit.`
      const usable = identifier.test(suggestion)
      return { code: 'INVALID_NAME', message, ...place, ...(usable && { suggestion }) }
    })
