import { isRecord } from '../model/reader.js'
import type { Rule } from './rule.js'

/** EMPTY_API: an API without routes has nothing to generate. */
export const emptyApi: Rule = ({ model }) => {
  const { routes } = model.options
  if (routes !== undefined && (!isRecord(routes) || Object.keys(routes).length > 0)) return []
  const message = 'The API has no routes: there is nothing to generate.'
  return [{ code: 'EMPTY_API', message, path: ['routes'] }]
}
