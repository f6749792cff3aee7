import { clientFrame } from './frames.mjs'
import { order } from './payloads.mjs'
import { Socket } from './socket.mjs'

/** The least that a question and its answer can be, where a library has no messages of its own. */
const plain = {
  request: (id) => JSON.stringify({ id, method: 'order', input: order }),
  readReply: (text) => {
    const { id, result } = JSON.parse(text)
    return { id, receipt: result }
  },
}

/**
 * How the load generator speaks to each server. `open` resolves with a socket that is ready and, where the workload
 * publishes, subscribed; `request(id)` is a message to be answered, `isReply` tells what ends it from the rest, and
 * `readReply` says what was answered, and to which request.
 */
export const peers = {
  wirepact: {
    open: (port, { channel, deflate } = {}) => openWirepact(port, { channel, deflate }),
    request: (id) => JSON.stringify(['request', id, 'order', order]),
    readReply: (text) => {
      const [, id, receipt] = JSON.parse(text)
      return { id, receipt }
    },
  },
  ws: {
    open: (port, { deflate } = {}) => Socket.open({ port, path: '/', deflate }),
    ...plain,
  },
  uws: {
    open: (port) => Socket.open({ port, path: '/' }),
    ...plain,
  },
  'socket-io': {
    open: openSocketIo,
    request: (id) => `42${id}${JSON.stringify(['order', order])}`,
    readReply: (text) => {
      const [, id, list] = /^43(\d+)(.*)$/.exec(text)
      return { id: Number(id), receipt: JSON.parse(list)[0] }
    },
  },
  trpc: {
    open: (port) => Socket.open({ port, path: '/' }),
    request: (id) =>
      JSON.stringify({ id, jsonrpc: '2.0', method: 'mutation', params: { path: 'order', input: order } }),
    readReply: (text) => {
      const { id, result } = JSON.parse(text)
      return { id, receipt: result.data }
    },
  },
  'graphql-ws': {
    open: openGraphql,
    request: (id) => {
      const query = 'mutation ($input: Order!) { order(input: $input) { id symbol total } }'
      return JSON.stringify({
        id: String(id),
        type: 'subscribe',
        payload: { query, variables: { input: order } },
      })
    },
    // `next` holds the answer, `complete` ends the question, and only then its id is free.
    isReply: (buffer, { end }) => buffer[end - 2] === 0x22,
    readReply: (text) => {
      const { id, payload } = JSON.parse(text)
      return { id: Number(id), receipt: payload.data.order }
    },
  },
}

const wirepactHeartbeat = {
  // `["ping"]`, among publications and replies.
  isPing: (buffer, { start, end }) => end - start === 8 && buffer[start + 3] === 0x69,
  pong: clientFrame('["pong"]'),
}

const socketIoHeartbeat = {
  isPing: (_buffer, { start, end }) => end - start === 1,
  pong: clientFrame('3'),
}

async function openWirepact(port, { channel, deflate }) {
  const socket = await Socket.open({
    port,
    path: '/market',
    subprotocol: 'wirepact.v1.json',
    deflate,
    heartbeat: wirepactHeartbeat,
  })
  await socket.ask('["hello",{"attempt":1}]', (answer) => answer.startsWith('["welcome"'))
  if (channel === undefined) return socket
  await socket.ask(JSON.stringify(['subscribe', 1, channel, {}]), (answer) => answer.startsWith('["joined"'))
  return socket
}

async function openSocketIo(port) {
  const path = '/socket.io/?EIO=4&transport=websocket'
  const socket = await Socket.open({ port, path, heartbeat: socketIoHeartbeat })
  await socket.ask('40', (answer) => answer.startsWith('40'))
  return socket
}

async function openGraphql(port) {
  const socket = await Socket.open({ port, path: '/graphql', subprotocol: 'graphql-transport-ws' })
  await socket.ask('{"type":"connection_init"}', (answer) => answer.includes('connection_ack'))
  return socket
}
