import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/** One direction of one connection: bytes go through in order, late, slowly, or not at all. */
class Lane {
  delayMs = 0
  bytesPerSecond = Number.POSITIVE_INFINITY
  /** Nothing comes out any more, and nobody is told. */
  isHole = false
  #last = Promise.resolve()

  constructor(from, to) {
    from.on('data', (chunk) => {
      from.pause()
      this.#last = this.#last.then(() => this.#carry(chunk, to)).then(() => from.resume())
    })
    from.on('end', () => {
      this.#last = this.#last.then(() => this.isHole || to.end())
    })
  }

  async #carry(chunk, to) {
    const delayMs = this.delayMs + (chunk.length / this.bytesPerSecond) * 1000
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    if (!this.isHole && to.writable) to.write(chunk)
  }
}

/** A connection through the relay. */
class Link {
  #client
  #server
  lanes

  constructor(client, server) {
    this.#client = client
    this.#server = server
    this.lanes = [new Lane(client, server), new Lane(server, client)]
    const end = () => this.cut()
    for (const socket of [client, server]) socket.on('error', end).on('close', end)
  }

  cut() {
    this.#client.destroy()
    this.#server.destroy()
  }

  /** One side is told that the other has nothing more to say. */
  halfClose(index) {
    const to = [this.#server, this.#client][index]
    if (to.writable) to.end()
  }
}

/** A TCP proxy on a port of its own, in front of a server that may be down: whoever comes then is refused. */
export class Relay {
  links = new Set()
  accepted = 0
  #server

  static async open(targetPort) {
    const relay = new Relay()
    relay.#server = createServer({ allowHalfOpen: true }, (client) => relay.#accept(client, targetPort))
    relay.#server.listen(0, '127.0.0.1')
    await once(relay.#server, 'listening')
    return relay
  }

  get port() {
    return this.#server.address().port
  }

  close() {
    for (const link of this.links) link.cut()
    this.#server.close()
  }

  #accept(client, port) {
    this.accepted++
    const server = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
    const link = new Link(client, server)
    this.links.add(link)
    client.on('close', () => this.links.delete(link))
  }
}
