import { type ClientOptions, createApiClient, type Status, type WirepactError } from '@wirepact/client'
import type { Welcome } from '@wirepact/protocol'
import { type ChatConnection, chatRoute } from './chat-route.js'
import { type MemorySocket, MemoryTransport } from './memory-transport.js'
import { VirtualClock } from './virtual-clock.js'

export const welcome: Welcome = {
  connection: 'c1',
  session: 's1',
  contract: 'abc',
  pingIntervalMs: 25_000,
  pingTimeoutMs: 10_000,
  maxPayloadBytes: 1_000,
}

/** One client on virtual time and a network that the test plays; chance is always one half. */
export class Scene {
  readonly clock = new VirtualClock()
  readonly transport = new MemoryTransport()
  readonly statuses: Status[] = []
  readonly errors: WirepactError[] = []
  /** What came out of the client because nobody listened to `onError`. */
  readonly escaped: unknown[] = []
  readonly client
  readonly chat: ChatConnection
  isOffline = false
  #wake: (() => void) | undefined
  #random = 0.5

  constructor(options: ClientOptions = {}, withErrors = true) {
    const { WebSocket } = this.transport
    const environment = this.#environment()
    this.client = createApiClient('abc', 'ws://example.org', { WebSocket, ...options, environment })
    this.chat = this.client.connect<ChatConnection>(chatRoute, { params: { roomId: 'one' } })
    this.chat.onStatus((status) => this.statuses.push(status))
    if (withErrors) this.chat.onError((error) => this.errors.push(error))
  }

  get socket(): MemorySocket {
    return this.transport.last
  }

  get states(): readonly string[] {
    return this.statuses.map(({ state }) => state)
  }

  get isListeningForSignals(): boolean {
    return this.#wake !== undefined
  }

  /** The server accepts the newest socket and welcomes it. */
  open(change: Partial<Welcome> = {}): MemorySocket {
    const { socket } = this
    socket.accept()
    socket.deliver(['welcome', { ...welcome, ...change }])
    return socket
  }

  /** The connection is lost, the retry comes, and the server welcomes it. */
  reopen(change: Partial<Welcome> = {}): MemorySocket {
    this.socket.end(1006)
    this.retry()
    return this.open(change)
  }

  /** Lets the time pass until the next attempt. */
  retry(): void {
    const { status } = this.chat
    if (status.state !== 'waiting') throw new Error(`The connection is ${status.state}, not waiting.`)
    this.clock.advance(status.until - this.clock.now())
  }

  /** The platform says that the network is back, or that the program woke up. */
  wake(): void {
    this.#wake?.()
  }

  chance(random: number): void {
    this.#random = random
  }

  #environment(): NonNullable<ClientOptions['environment']> {
    return {
      clock: this.clock,
      random: { next: () => this.#random },
      report: (thrown) => this.escaped.push(thrown),
      signals: {
        isOffline: () => this.isOffline,
        listen: (wake) => {
          this.#wake = wake
          return () => {
            this.#wake = undefined
          }
        },
      },
    }
  }
}

/** The parts of a new scene that most stories need. */
export function openScene(options?: ClientOptions) {
  const scene = new Scene(options)
  const { chat, clock, errors, escaped } = scene
  return {
    chat,
    clock,
    errors,
    escaped,
    socket: () => scene.socket,
    open: (change?: Partial<Welcome>) => scene.open(change),
    reopen: () => {
      scene.retry()
      return scene.open()
    },
  }
}

/** {@link openScene}, open, and what the client has sent on its newest socket since the handshake. */
export function openedScene(options?: ClientOptions) {
  const opened = openScene(options)
  opened.open()
  return { ...opened, said: () => opened.socket().sent.slice(1) }
}
