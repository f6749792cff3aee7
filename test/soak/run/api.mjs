import { createApiServer } from '@wirepact/runtime'

const anything = { check: () => true, explain: () => [] }
const ask = { kind: 'request', input: anything, output: anything, errors: {} }
const drop = { policy: 'drop' }

/** Everything that a connection can leave something behind with. */
const definition = {
  title: 'Soak',
  version: '1',
  contract: '0',
  routes: [
    {
      name: 'soak',
      path: '/soak',
      receives: {
        echo: ask,
        wait: ask,
        ask,
        note: { kind: 'event', data: anything, delivery: 'acknowledged' },
        count: { kind: 'stream', input: anything, item: anything, errors: {} },
      },
      sends: { confirm: ask },
      channels: {
        room: {
          name: 'room/{id}',
          join: 'open',
          messages: {
            said: { data: anything, history: true },
            hint: { data: anything, history: false, backpressure: drop },
          },
          history: { maxMessages: 10 },
        },
        here: { name: 'here', join: 'open', messages: {}, presence: anything },
      },
    },
  ],
}

const handlers = {
  connect(ctx) {
    if (ctx.token === 'bad') throw new Error('refused on purpose')
  },
  echo: (_ctx, data) => data,
  /** Answers when the connection has ended: never, as the client sees it. */
  wait: (ctx) => new Promise((resolve) => ctx.signal.addEventListener('abort', () => resolve(null))),
  ask: (ctx) => ctx.client.confirm(null),
  note: () => undefined,
  async *count(ctx) {
    for (let index = 0; ; index++) {
      yield index
      if (ctx.signal.aborted) return
    }
  },
}

const ignore = () => undefined
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }

export function createSoakServer(options = {}) {
  return createApiServer(
    definition,
    { soak: handlers },
    { logger: silent, validateOutput: 'never', ...options },
  )
}
