import { acknowledged, channels, createApiClient, streams, subscriptions } from '@wirepact/client'

const route = {
  path: '/town',
  uses: [channels, subscriptions, streams, acknowledged],
  calls: {
    say: 'request',
    add: 'request',
    put: 'acknowledged',
    count: 'stream',
  },
  channels: { room: { name: 'room/{id}', join: 'open', presence: true } },
}

/** One client that is in some rooms, and what its code is told. */
export class Member {
  name
  connection
  unsettled = 0
  wrong = []
  /** By room, what was heard: `[epoch, offset, text]`, or null where a gap was told. */
  heard = new Map()
  #client

  constructor({ name, port, rooms }) {
    this.name = name
    this.#client = createApiClient('0', `ws://127.0.0.1:${port}`, {
      reconnect: { minDelayMs: 30, maxDelayMs: 400 },
      connectTimeoutMs: 1_500,
      callTimeoutMs: 3_000,
    })
    this.connection = this.#client.connect(route, {})
    this.connection.onError((error) => this.wrong.push(`${name} is told ${error.code} of ${error.subject}`))
    for (const id of rooms) this.#join(id)
  }

  room(id) {
    return this.connection.channels.room({ id })
  }

  close() {
    this.#client.close()
  }

  /** A call that settles, whatever becomes of it. */
  call(promise, expected) {
    this.unsettled++
    const settled = () => void this.unsettled--
    promise.then((output) => {
      settled()
      if (expected !== undefined && output !== expected)
        this.wrong.push(`${this.name} was answered ${output} instead of ${expected}`)
    }, settled)
  }

  /** Reads a stream: in order, without holes, to its end unless the connection is lost. */
  async read(to) {
    this.unsettled++
    let last = 0
    try {
      for await (const item of this.connection.count(to, { maxBuffered: 16 }))
        if (item !== ++last) this.wrong.push(`${this.name} read ${item} instead of ${last}`)
      if (last !== to) this.wrong.push(`${this.name} read ${last} items of ${to}`)
    } catch (thrown) {
      if (thrown.code !== 'CONNECTION_LOST') this.wrong.push(`${this.name} read ${thrown}`)
    }
    this.unsettled--
  }

  #join(id) {
    const room = this.room(id)
    const heard = []
    this.heard.set(id, heard)
    room.onGap(() => heard.push(null))
    room.on('said', ({ text }, { offset }) => heard.push([room.status.position?.[0], offset, text]))
    room.subscribe({ presence: { name: this.name } }).catch(() => undefined)
  }
}
