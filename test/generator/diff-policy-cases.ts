import type { MessageIr, RouteIr } from 'wirepact/compiler'
import type { PartCase } from './diff-part-case.js'
import { api, chat, event, fine, request, source, wire } from './diff-world.js'

const route = (more: Partial<RouteIr>) => api([chat(more)])
const sent = (...clientToServer: MessageIr[]) => route({ clientToServer })
const received = (...serverToClient: MessageIr[]) => route({ serverToClient })
const asked = (...errors: string[]) => request({ errors: errors.map((code) => ({ code, data: null })) })
const bytes = (more: { maxBytes?: number; mediaType?: string }, direction: 'toServer' | 'toClient') => {
  const message = event({ data: 'Bytes' })
  const messages = direction === 'toServer' ? { clientToServer: [message] } : { serverToClient: [message] }
  return api([chat(messages)], { Bytes: { schema: true, content: 'binary', ...more } })
}
const quiet = event({ data: 'ChatText' })

export const policyCases: readonly PartCase[] = [
  [
    'CONTENT_CHANGED',
    'JSON becomes bytes: neither side reads the other',
    api([chat({ clientToServer: [event({ data: 'Bytes' })] })], { Bytes: true }),
    bytes({}, 'toServer'),
    wire,
  ],
  [
    'MEDIA_TYPE_CHANGED',
    'the bytes are of another type',
    bytes({ mediaType: 'image/png' }, 'toServer'),
    bytes({ mediaType: 'image/gif' }, 'toServer'),
    wire,
  ],
  [
    'MAX_BYTES_LOWERED',
    'old clients may send more',
    bytes({ maxBytes: 2 }, 'toServer'),
    bytes({ maxBytes: 1 }, 'toServer'),
    wire,
  ],
  [
    'MAX_BYTES_LOWERED',
    'old clients take as much',
    bytes({}, 'toClient'),
    bytes({ maxBytes: 1 }, 'toClient'),
    fine,
  ],
  [
    'MAX_BYTES_RAISED',
    'old clients do not send as much',
    bytes({ maxBytes: 1 }, 'toServer'),
    bytes({ maxBytes: 2 }, 'toServer'),
    fine,
  ],
  [
    'MAX_BYTES_RAISED',
    'old clients may refuse as much',
    bytes({ maxBytes: 1 }, 'toClient'),
    bytes({}, 'toClient'),
    wire,
  ],
  [
    'ERROR_ADDED',
    'a caller expects codes that it does not know',
    sent(asked('A')),
    sent(asked('A', 'B')),
    fine,
  ],
  ['ERROR_ADDED', 'old clients do not answer with it', received(asked('A')), received(asked('A', 'B')), fine],
  [
    'ERROR_REMOVED',
    'it never comes, but code that names it does not compile',
    sent(asked('A')),
    sent(asked()),
    source,
  ],
  ['ERROR_REMOVED', 'old clients may still answer with it', received(asked('A')), received(asked()), wire],
  [
    'DELIVERY_ACKNOWLEDGED',
    'old clients send it without a sequence',
    sent(quiet),
    sent({ ...quiet, delivery: 'acknowledged' }),
    fine,
  ],
  [
    'DELIVERY_NOT_ACKNOWLEDGED',
    'what old clients send again may be handled twice',
    sent({ ...quiet, delivery: 'acknowledged' }),
    sent(quiet),
    wire,
  ],
  [
    'IDEMPOTENT_ADDED',
    'old clients do not repeat it',
    sent(request()),
    sent(request({ idempotent: true })),
    fine,
  ],
  [
    'IDEMPOTENT_REMOVED',
    'old clients still repeat it',
    sent(request({ idempotent: true })),
    sent(request()),
    wire,
  ],
  [
    'RATE_LIMIT_TIGHTENED',
    'a limit where none was: old clients may send more',
    sent(quiet),
    sent({ ...quiet, rateLimit: { perSecond: 5, burst: 10 } }),
    wire,
  ],
  [
    'RATE_LIMIT_TIGHTENED',
    'a smaller burst: old clients may send more at once',
    sent({ ...quiet, rateLimit: { perSecond: 5, burst: 10 } }),
    sent({ ...quiet, rateLimit: { perSecond: 9, burst: 9 } }),
    wire,
  ],
  [
    'RATE_LIMIT_LOOSENED',
    'old clients stay within it',
    sent({ ...quiet, rateLimit: { perSecond: 5, burst: 10 } }),
    sent(quiet),
    fine,
  ],
  [
    'BACKPRESSURE_WEAKENED',
    'slow clients miss messages without being told',
    received(quiet),
    received({ ...quiet, backpressure: { policy: 'drop' } }),
    wire,
  ],
  [
    'BACKPRESSURE_STRENGTHENED',
    'slow clients miss nothing that came before',
    received({ ...quiet, backpressure: { policy: 'drop' } }),
    received({ ...quiet, backpressure: { policy: 'latest' } }),
    fine,
  ],
  [
    'BACKPRESSURE_KEY_CHANGED',
    'slow clients miss other messages than before',
    received({ ...quiet, backpressure: { policy: 'latest', key: 'a' } }),
    received({ ...quiet, backpressure: { policy: 'latest', key: 'b' } }),
    wire,
  ],
  [
    'AUTH_ADDED',
    'a message that needs a scope now is refused from old clients without it',
    sent(quiet),
    sent({ ...quiet, auth: ['write'] }),
    wire,
  ],
]
