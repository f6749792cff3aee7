import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { Part, PartKind } from '../model/model.js'
import type { Rule } from './rule.js'

const docs = ['description', 'deprecated']

const options: Readonly<Record<PartKind, readonly string[]>> = {
  api: ['title', 'version', 'routes', ...docs],
  route: ['path', 'params', 'query', 'clientToServer', 'serverToClient', 'channels', ...docs],
  channel: ['name', 'messages', 'history', 'presence', 'join', ...docs],
  event: ['data', 'history', ...docs],
  request: ['input', 'output', 'errors', ...docs],
}

const articles: Readonly<Record<PartKind, string>> = {
  api: 'An API',
  route: 'A route',
  channel: 'A channel',
  event: 'An event',
  request: 'A request',
}

/** UNKNOWN_OPTION: an option that the part does not have would silently do nothing. */
export const unknownOption: Rule = ({ model }) => model.parts.flatMap(unknown)

function unknown({ kind, options: given, path }: Part): readonly Finding[] {
  const known = options[kind]
  return Object.keys(given)
    .filter((option) => option !== 'kind' && given[option] !== undefined && !known.includes(option))
    .map((option) => {
      const suggestion = closest(option, known)
      const message = `${articles[kind]} has no option "${option}".`
      const finding = { code: 'UNKNOWN_OPTION', message, path: [...path, option], at: 'name' as const }
      return { ...finding, ...(suggestion !== undefined && { suggestion }) }
    })
}
