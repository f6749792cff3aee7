import type { MessageIr, RouteIr } from 'wirepact/compiler'
import type { PartCase } from './diff-part-case.js'
import { api, chat, event, fine, request, source, stream, wire } from './diff-world.js'

const route = (more: Partial<RouteIr>) => api([chat(more)])
const sent = (...clientToServer: MessageIr[]) => route({ clientToServer })
const received = (...serverToClient: MessageIr[]) => route({ serverToClient })
const bare = (more: Partial<RouteIr>) => route({ wire: 'bare', ...more })
const base = route({})
const quiet = event({ data: 'ChatText' })

export const messageCases: readonly PartCase[] = [
  ['MESSAGE_ADDED', 'a message of clients: old ones do not send it', base, sent(quiet), fine],
  [
    'MESSAGE_ADDED',
    'a message of the server: old clients ignore what they do not know',
    base,
    received(quiet),
    fine,
  ],
  ['QUESTION_ADDED', 'a request of clients: old ones do not ask it', base, sent(request()), fine],
  ['QUESTION_ADDED', 'a request of the server: old clients cannot answer', base, received(request()), wire],
  [
    'QUESTION_ADDED',
    'a stream that the server asks for: old clients cannot answer',
    base,
    received(stream()),
    wire,
  ],
  [
    'BARE_MESSAGE_ADDED',
    'without an envelope old clients cannot tell what it is',
    bare({}),
    bare({ serverToClient: [quiet] }),
    wire,
  ],
  [
    'BARE_MESSAGE_ADDED',
    'without an envelope, too, old clients do not send what they do not know',
    bare({}),
    bare({ clientToServer: [quiet] }),
    fine,
  ],
  ['MESSAGE_REMOVED', 'a message of clients: the server does not know it any more', sent(quiet), base, wire],
  [
    'MESSAGE_REMOVED',
    'a message of the server: it just never comes, but code that waits for it does not compile',
    received(quiet),
    base,
    source,
  ],
  [
    'MESSAGE_RENAMED',
    'the name is on the wire: old clients send the old one',
    sent(quiet),
    sent(event({ name: 'tell', typeName: 'ChatTell', data: 'ChatText' })),
    wire,
  ],
  [
    'MESSAGE_RENAMED',
    'the name is on the wire: old clients wait for the old one',
    received(quiet),
    received(event({ name: 'tell', typeName: 'ChatTell', data: 'ChatText' })),
    wire,
  ],
  [
    'BARE_MESSAGE_RENAMED',
    'the name is not on the wire, only in code',
    bare({ clientToServer: [quiet] }),
    bare({ clientToServer: [event({ name: 'tell', typeName: 'ChatTell', data: 'ChatText' })] }),
    source,
  ],
  [
    'MESSAGE_KIND_CHANGED',
    'an event becomes a request: an answer comes that nobody expects',
    sent(event({ name: 'ask' })),
    sent(request()),
    wire,
  ],
  [
    'MESSAGE_KIND_CHANGED',
    'a request becomes an event: the answer never comes',
    sent(request()),
    sent(event({ name: 'ask' })),
    wire,
  ],
  [
    'MESSAGE_KIND_CHANGED',
    'a request becomes a stream: one answer is expected and many come',
    sent(request()),
    sent(stream({ name: 'ask' })),
    wire,
  ],
  ['PAYLOAD_ADDED', 'old clients send nothing where something is due', sent(event()), sent(quiet), wire],
  [
    'PAYLOAD_ADDED',
    'old clients do not look at what the server sends beside',
    received(event()),
    received(quiet),
    fine,
  ],
  ['PAYLOAD_REMOVED', 'old clients send something where nothing is due', sent(quiet), sent(event()), wire],
  [
    'PAYLOAD_REMOVED',
    'old clients expect something where nothing comes',
    received(quiet),
    received(event()),
    wire,
  ],
  [
    'PAYLOAD_REMOVED',
    'the output of a request is gone: old clients expect it',
    sent(request({ output: 'ChatText' })),
    sent(request()),
    wire,
  ],
]
