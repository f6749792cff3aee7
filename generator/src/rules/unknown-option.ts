import type { Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { Part, PartKind } from '../model/model.js'
import type { Rule } from './rule.js'

const docs = ['description', 'deprecated']
const message = ['examples', 'auth', ...docs]
const question = ['input', 'errors', 'rateLimit', ...message]

const options: Readonly<Record<PartKind, readonly string[]>> = {
  api: ['title', 'version', 'routes', ...docs],
  router: ['prefix', 'params', 'headers', 'cookies', 'auth', 'routes'],
  route: [
    ...['name', 'path', 'params', 'query', 'headers', 'cookies', 'subprotocols', 'state', 'auth'],
    ...['wire', 'discriminator', 'clientToServer', 'serverToClient', 'channels', ...docs],
  ],
  channel: ['name', 'params', 'auth', 'messages', 'history', 'latest', 'presence', 'join', ...docs],
  event: ['data', 'history', 'delivery', 'rateLimit', 'backpressure', 'key', ...message],
  request: ['output', 'idempotent', ...question],
  stream: ['item', ...question],
  binary: ['description', 'maxBytes', 'mediaType'],
  text: ['description', 'minLength', 'maxLength', 'pattern'],
  presence: ['data', 'by', 'show', 'graceMs'],
}

const subjects: Readonly<Record<PartKind, string>> = {
  api: 'An API',
  router: 'A router',
  route: 'A route',
  channel: 'A channel',
  event: 'An event',
  request: 'A request',
  stream: 'A stream',
  binary: 'binary()',
  text: 'text()',
  presence: 'presence()',
}

/** UNKNOWN_OPTION: an option that the part does not have would silently do nothing. */
export const unknownOption: Rule = ({ model }) => model.parts.flatMap(unknown)

function unknown({ kind, options: given, path }: Part): readonly Finding[] {
  const known = options[kind]
  return Object.keys(given)
    .filter((option) => option !== 'kind' && given[option] !== undefined && !known.includes(option))
    .map((option) => {
      const suggestion = closest(option, known)
      const finding = {
        code: 'UNKNOWN_OPTION',
        message: `${subjects[kind]} has no option "${option}".`,
        path: [...path, option],
        at: 'name' as const,
      }
      return { ...finding, ...(suggestion !== undefined && { suggestion }) }
    })
}
