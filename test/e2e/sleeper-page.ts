import { createClient } from '../runtime/api/generated/client.js'

/** What the page's own code was told. */
export interface Sleeper {
  /** Offsets in order; a gap is told by its reason. */
  readonly heard: readonly (number | string)[]
  readonly state: string
  /** The most sockets that were connecting or open at one time. */
  readonly mostAlive: number
  readonly opened: number
  readonly unsettled: number
  /** How a call that is made now ends. */
  ask(): Promise<string>
  /** Makes calls that nobody waits for. */
  begin(): void
}

const sockets: WebSocket[] = []
let mostAlive = 0

class CountedSocket extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols)
    sockets.push(this)
    mostAlive = Math.max(mostAlive, sockets.filter(({ readyState }) => readyState <= 1).length)
  }
}

/** Connects, and listens to a room. */
function start(url: string): Sleeper {
  const client = createClient(url, {
    WebSocket: CountedSocket,
    reconnect: { minDelayMs: 100, maxDelayMs: 1_000 },
    connectTimeoutMs: 1_000,
    callTimeoutMs: 4_000,
  })
  const connection = client.lab({ params: { roomId: 'lobby' }, query: { name: 'ada' } })
  const heard: (number | string)[] = []
  const room = connection.channels.room()
  room.on('said', (_data, { offset }) => heard.push(offset ?? -1))
  room.onGap(({ reason }) => heard.push(reason))
  let unsettled = 0
  const ask = async () => {
    const { ok, error } = await connection.add.safe({ a: 1, b: 2 })
    return ok ? 'answered' : error.code
  }
  return {
    heard,
    ask,
    get state() {
      return connection.status.state
    },
    get mostAlive() {
      return mostAlive
    },
    get opened() {
      return sockets.length
    },
    get unsettled() {
      return unsettled
    },
    begin() {
      for (let count = 0; count < 3; count++) {
        unsettled++
        void ask().then(() => unsettled--)
      }
    },
  }
}

declare global {
  interface Window {
    start: typeof start
    sleeper: Sleeper
  }
}

window.start = start
