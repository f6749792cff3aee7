import type { Rule } from './rule.js'

/** EMPTY_API: an API without routes has nothing to generate. */
export const emptyApi: Rule = ({ model }) => {
  if (model.routes.length > 0 || model.findings.length > 0) return []
  const message = 'The API has no routes: there is nothing to generate.'
  return [{ code: 'EMPTY_API', message, path: ['routes'] }]
}
