const anything = { check: () => true, explain: () => [] }
const ask = { kind: 'request', input: anything, output: anything, errors: {} }

/** What the server of the recovery tests is. */
export const serverDefinition = {
  title: 'Recovery',
  version: '1',
  contract: '0',
  routes: [
    {
      name: 'town',
      path: '/town',
      receives: {
        say: ask,
        add: ask,
        put: { kind: 'event', data: anything, delivery: 'acknowledged' },
        count: { kind: 'stream', input: anything, item: anything, errors: {} },
      },
      sends: {},
      channels: {
        room: {
          name: 'room/{id}',
          join: 'open',
          messages: { said: { data: anything, history: true } },
          history: { maxMessages: 100_000 },
          presence: anything,
        },
      },
    },
  ],
}
