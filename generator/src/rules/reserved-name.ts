import { type NamedThing, namedThings } from './names.js'
import type { Rule } from './rule.js'

/** Names that JavaScript gives a meaning of its own, on any object. */
const language = ['constructor', 'prototype', '__proto__', 'then', 'toJSON']

/** Names that handlers, contexts and connections have already. */
const connection = [
  ...[
    'connect',
    'disconnect',
    'authorize',
    'on',
    'once',
    'off',
    'onStatus',
    'onError',
    'status',
    'statuses',
    'ready',
  ],
  ...['close', 'channels', 'client', 'messages', 'debug', 'session', 'safe', 'id', 'handle'],
]

const reserved: Readonly<Record<NamedThing['what'], ReadonlySet<string>>> = {
  route: new Set([...language, 'close']),
  message: new Set([...language, ...connection]),
  channel: new Set(language),
  'channel message': new Set(['__proto__', 'constructor', 'prototype']),
}

/** RESERVED_NAME: a name that means something else where it would be used. */
export const reservedName: Rule = ({ model }) =>
  namedThings(model)
    .filter(({ what, name }) => reserved[what].has(name))
    .map(({ what, name, path }) => ({
      code: 'RESERVED_NAME',
      message: `"${name}" cannot name a ${what}: it has a meaning of its own there.`,
      path,
      at: 'name',
    }))
