import type { ClientOptions, SubscribableChannel } from '@wirepact/client'
import { createClient, type TownConnection } from '../api/generated/client.js'
import { DeadSocket } from '../dead-socket.js'
import { type Kept, Observer } from '../observer.js'
import { oneSocket } from '../one-socket.js'
import type { Held } from './audit.js'
import type { Models } from './handlers.js'
import type { Servers } from './servers.js'
import { Shop } from './shop.js'
import type { Store } from './store.js'

/** What a resident may subscribe to. */
export const places = ['square', 'gold', 'tin', 'council', 'prices', 'crowd'] as const
export type Place = (typeof places)[number]

type WebSocketConstructor = NonNullable<ClientOptions['WebSocket']>

/** What a resident is made of. */
export interface ResidentParts {
  readonly name: string
  readonly user: string
  readonly models: Models
  readonly store: Store
  readonly servers: Servers
  readonly tell: (what: string) => void
}

/** One client of the town, what its code is told, and what its person wants. */
export class Resident {
  readonly name: string
  readonly user: string
  readonly client: ReturnType<typeof createClient>
  readonly connection: TownConnection
  /** Listening subscribes, too, where there is no presence. */
  readonly wants = new Set<Place>(['council', 'prices'])
  readonly observers: Readonly<Record<'square' | 'gold' | 'tin' | 'council', Observer>>
  readonly shop: Shop
  /** The collections that its client has made for itself. */
  readonly held: Held[] = []
  readonly #parts: ResidentParts
  /** False when its power was cut. */
  alive = true
  readonly #origins: string[] = []
  #vanish: () => void = () => undefined

  constructor(parts: ResidentParts) {
    const { name, user, models } = parts
    this.#parts = parts
    this.name = name
    this.user = user
    this.client = createClient('ws://town', {
      WebSocket: this.#createWebSocket(),
      auth: () => models.credentials.give(user),
      authTimeoutMs: 5_000,
      callTimeoutMs: 8_000,
      reconnect: { maxDelayMs: 4_000 },
      environment: {
        clock: models.time.clock(() => this.alive),
        random: models.prng,
        report: (thrown) => models.wrong.push(`${name} threw ${String(thrown)}`),
      },
    })
    this.connection = this.#connect()
    this.shop = new Shop(name)
    this.observers = {
      square: this.#observe('square'),
      gold: this.#observe('gold'),
      tin: this.#observe('tin'),
      council: this.#observe('council'),
    }
    this.#listen()
  }

  /** Power is cut: nothing is said any more, and nobody is told. */
  die(): void {
    this.#parts.tell(`${this.name} dies`)
    this.alive = false
    this.#vanish()
  }

  channel(place: Place) {
    const { channels } = this.connection
    if (place === 'gold' || place === 'tin') return channels.guild({ key: place })
    return channels[place]()
  }

  /** Subscribes, or ends it. */
  toggle(place: Place): void {
    const { name, wants } = this
    const wanted = wants.delete(place)
    this.#parts.tell(`${name} ${wanted ? 'leaves' : 'enters'} ${place}`)
    if (wanted) void this.channel(place).unsubscribe()
    else {
      wants.add(place)
      this.#renew(place)
      this.#subscribe(place).catch(() => undefined)
    }
  }

  /** The subscription that was made before is made again, where it was refused. */
  insist(): void {
    for (const place of this.wants) this.#subscribe(place).catch(() => undefined)
  }

  /** Looks on at what the connection is made of: the code of the client has been opened for that. */
  #connect(): TownConnection {
    const opened = globalThis as { keep?: (...held: Held) => void }
    opened.keep = (...held) => this.held.push(held)
    try {
      return this.client.town({ params: { name: this.name } })
    } finally {
      delete opened.keep
    }
  }

  #createWebSocket(): WebSocketConstructor {
    const open = (url: string, protocol: string) => {
      if (!this.alive) return new DeadSocket(this.#parts.models.time)
      const { socket, vanish } = this.#parts.servers.connect(url, protocol)
      this.#vanish = vanish
      return socket
    }
    return oneSocket(open, (what) => this.#wrong(what))
  }

  #subscribe(place: Place): Promise<void> {
    const { channels } = this.connection
    const { name, user } = this
    if (place === 'square') return channels.square().subscribe({ presence: { name } })
    if (place === 'gold' || place === 'tin')
      return channels.guild({ key: place }).subscribe({ presence: { name: user } })
    return channels[place]().subscribe()
  }

  #renew(place: Place): void {
    if (place === 'prices') this.shop.forget()
    else if (place !== 'crowd') this.observers[place].renewed()
  }

  #observe(place: 'square' | 'gold' | 'tin' | 'council'): Observer {
    const channel = this.channel(place) as SubscribableChannel<{ said: { text: string } }>
    const observer = new Observer(this.name, channel, this.#origins, this.#kept(place))
    // What is refused, and so ended, begins anew: that is told.
    channel.onStatus(({ state }) => state === 'refused' && observer.renewed())
    channel.on('said', ({ text }, { offset }) => {
      if (!this.wants.has(place)) this.#wrong(`heard ${text} in ${place} after leaving`)
      if (place === 'council') this.#requireElder(text, offset)
      observer.heard(text, offset)
    })
    return observer
  }

  /** How much is kept of the others goes by bytes, or by time. */
  #kept(place: keyof Resident['observers']): Kept | undefined {
    const { store } = this.#parts
    return place === 'square' ? { maxMissed: 12, newest: (channel) => store.newest(channel) } : undefined
  }

  /** What the elders say is for those who were elders when it was said. */
  #requireElder(text: string, offset: number | null): void {
    const { models, store } = this.#parts
    const { status } = this.connection
    const granted = status.state === 'open' ? models.credentials.find(status.connection) : undefined
    const council = this.connection.channels.council()
    const epoch = council.status.state === 'joined' ? (council.status.position?.[0] ?? '') : ''
    const at = store.find('council', epoch, offset ?? 0)?.at ?? 0
    if (granted !== undefined && !granted.isElder && granted.since < at)
      this.#wrong(`heard ${text} of the elders`)
  }

  #listen(): void {
    const { models, tell } = this.#parts
    const { connection, name } = this
    connection.onStatus((status) => {
      if (status.state === 'open') this.#origins.push(status.connection.split('.')[0] as string)
      tell(
        `${name} is ${status.state} ${'cause' in status ? `${status.cause.code} ${status.cause.reason}` : ''}`,
      )
    })
    connection.onError(({ code, message, subject }) => {
      tell(`${name} is told ${code} ${message}`)
      if (subject === 'put') models.deliveries.gaveUp(name)
    })
    const prices = connection.channels.prices()
    prices.onGap(() => this.shop.forget())
    prices.on('price', ({ good, text }, { offset }) => {
      const { status } = prices
      const epoch = status.state === 'joined' ? (status.position?.[0] ?? '?') : '?'
      this.shop.heard(good, text, [epoch, offset ?? 0])
    })
    connection.handle('confirm', (number) => number + 1)
    connection.handle('watch', ({ flow }) =>
      models.flows.produce(flow, this, () => models.credentials.wait(models.prng.pick([0, 0, 300]))),
    )
  }

  #wrong(what: string): void {
    this.#parts.models.wrong.push(`${this.name} ${what}`)
  }
}
