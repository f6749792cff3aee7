import { propertiesOf } from '../lower/parameters.js'
import type { Rule } from './rule.js'

/** INVALID_STATE: what belongs to a connection is an object, which handlers put things into. */
export const state: Rule = ({ model, lowered }) =>
  model.routes.flatMap((route) => {
    if (route.state === null) return []
    const name = lowered.nameOf(route.state)
    if (!lowered.definitions.has(name)) return []
    if (propertiesOf({ $ref: `#/$defs/${name}` }, lowered.definitions) !== undefined) return []
    const message = 'state is an object schema with named properties.'
    return [{ code: 'INVALID_STATE', message, path: route.state.path }]
  })
