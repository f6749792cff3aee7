import type { ChannelIr, EventIr, RouteIr } from 'wirepact/compiler'
import type { PartCase } from './diff-part-case.js'
import { api, chat, event, fine, object, room, source, wire } from './diff-world.js'

const route = (more: Partial<RouteIr>) => api([chat(more)])
const channel = (more: Partial<ChannelIr>) => route({ channels: [room(more)] })
const said = (more: Partial<EventIr & { history: boolean }> = {}) => ({
  ...event({ name: 'said', typeName: 'ChatRoomSaid', data: 'ChatText' }),
  history: true,
  ...more,
})
const base = route({})
const names = { name: '{kind}/{key}', params: [] }
const wide = channel(names)
const numbered = api(
  [
    chat({
      channels: [
        room({
          ...names,
          paramTypes: { schema: 'Kinds', convert: [{ name: 'kind', to: 'integer', repeated: false }] },
        }),
      ],
    }),
  ],
  { Kinds: object({ kind: { type: 'integer' }, key: { type: 'string' } }) },
)
const withChannel = (one: ReturnType<typeof api>, name: string) => ({
  ...one,
  routes: one.routes.map((old) => ({
    ...old,
    channels: [...old.channels, room({ key: 'more', typeName: 'ChatMore', name, params: [] })],
  })),
})

/** What a channel keeps and tells, beyond a history and a list of members. */
const keepingCases: readonly PartCase[] = [
  ['LATEST_ADDED', 'old clients miss what was replaced', channel({}), channel({ latest: {} }), wire],
  ['LATEST_REMOVED', 'what is so now is not sent any more', channel({ latest: {} }), channel({}), wire],
  [
    'LATEST_KEY_CHANGED',
    'values come in any order',
    channel({ latest: {} }),
    channel({ latest: { key: 'symbol' } }),
    fine,
  ],
  [
    'LATEST_SHORTENED',
    'fewer keys than the default are fewer',
    channel({ latest: {} }),
    channel({ latest: { maxKeys: 10 } }),
    fine,
  ],
  [
    'LATEST_LENGTHENED',
    'no time is longer than any',
    channel({ latest: { ttlMs: 1000 } }),
    channel({ latest: {} }),
    fine,
  ],
  [
    'ROSTER_CHANGED',
    'users are not told as connections are',
    channel({ roster: { graceMs: 5 } }),
    channel({ roster: { by: 'user', graceMs: 5 } }),
    wire,
  ],
  [
    'ROSTER_CHANGED',
    'a number is not a list',
    channel({ roster: { by: 'user' } }),
    channel({ roster: { by: 'user', show: 'count' } }),
    wire,
  ],
  [
    'GRACE_CHANGED',
    'somebody leaves sooner or later',
    channel({ roster: { graceMs: 5 } }),
    channel({}),
    fine,
  ],
]

export const channelCases: readonly PartCase[] = [
  ...keepingCases,
  ['CHANNEL_ADDED', 'old clients ignore channels that they do not know', base, channel({}), fine],
  [
    'NAMES_TAKEN',
    'old clients that are in such a channel come to another one',
    wide,
    withChannel(wide, 'vault/{key}'),
    wire,
  ],
  [
    'CHANNEL_ADDED',
    'the old one never had such a name',
    numbered,
    withChannel(numbered, 'vault/{key}'),
    fine,
  ],
  [
    'CHANNEL_ADDED',
    'the old one is more specific',
    channel({}),
    withChannel(channel({}), '{kind}/{key}'),
    fine,
  ],
  ['CHANNEL_REMOVED', 'old clients that ask to join are refused', channel({ join: 'open' }), base, wire],
  [
    'CHANNEL_REMOVED',
    'the server just adds nobody, but code that names it does not compile',
    channel({}),
    base,
    source,
  ],
  [
    'CHANNEL_RENAMED',
    'its name on the wire is the same',
    channel({}),
    channel({ key: 'hall', typeName: 'ChatHall' }),
    source,
  ],
  [
    'CHANNEL_NAME_CHANGED',
    'old clients know it by the old name',
    channel({}),
    channel({ name: 'hall/{roomId}' }),
    wire,
  ],
  [
    'CHANNEL_PARAMETER_RENAMED',
    'the names are the same, the code is not',
    channel({}),
    channel({ name: 'room/{id}' }),
    source,
  ],
  [
    'JOIN_RESTRICTED',
    'old clients that ask may be refused',
    channel({ join: 'open' }),
    channel({ join: 'guarded' }),
    wire,
  ],
  [
    'JOIN_OPENED',
    'whoever could join still can',
    channel({ join: 'guarded' }),
    channel({ join: 'open' }),
    fine,
  ],
  [
    'MESSAGE_ADDED',
    'a new publication is ignored by old members',
    channel({}),
    channel({ messages: [said()] }),
    fine,
  ],
  [
    'MESSAGE_REMOVED',
    'a publication that is gone never comes',
    channel({ messages: [said()] }),
    channel({}),
    source,
  ],
  [
    'MESSAGE_RENAMED',
    'old members wait for the old name',
    channel({ messages: [said()] }),
    channel({ messages: [said({ name: 'told', typeName: 'ChatRoomTold' })] }),
    wire,
  ],
  ['HISTORY_ADDED', 'old clients may use it', channel({}), channel({ history: {} }), fine],
  ['HISTORY_REMOVED', 'old clients cannot get what they missed', channel({ history: {} }), channel({}), wire],
  [
    'HISTORY_SHORTENED',
    'who missed more than is kept is told',
    channel({ history: {} }),
    channel({ history: { maxMessages: 10 } }),
    fine,
  ],
  [
    'HISTORY_SHORTENED',
    'who was away for longer is told',
    channel({ history: {} }),
    channel({ history: { ttlMs: 10 } }),
    fine,
  ],
  [
    'HISTORY_LENGTHENED',
    'clients get at least what they got',
    channel({ history: { maxBytes: 10 } }),
    channel({ history: {} }),
    fine,
  ],
  [
    'REPLAY_CHANGED',
    'members are ready for any number',
    channel({ history: {} }),
    channel({ history: { replay: 5 } }),
    fine,
  ],
  [
    'MESSAGE_KEPT',
    'who comes back gets it, too',
    channel({ messages: [said({ history: false })] }),
    channel({ messages: [said()] }),
    fine,
  ],
  [
    'MESSAGE_NOT_KEPT',
    'who comes back misses it and is not told',
    channel({ messages: [said()] }),
    channel({ messages: [said({ history: false })] }),
    wire,
  ],
  [
    'PRESENCE_ADDED',
    'old clients join without telling about themselves',
    channel({ join: 'open' }),
    channel({ join: 'open', presence: 'ChatText' }),
    wire,
  ],
  [
    'PRESENCE_ADDED',
    'where the server joins for them, old clients do not look at it',
    channel({}),
    channel({ presence: 'ChatText' }),
    fine,
  ],
  [
    'PRESENCE_REMOVED',
    'code that looks at members does not compile',
    channel({ presence: 'ChatText' }),
    channel({}),
    source,
  ],
  [
    'AUTH_ADDED',
    'a channel that needs authentication refuses old clients without it',
    channel({}),
    channel({ auth: 'required' }),
    wire,
  ],
]
