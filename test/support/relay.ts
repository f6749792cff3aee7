import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** A TCP port in front of a server, which may be another one from a moment on; what goes through may be swallowed. */
export class Relay {
  /** The port that whoever connects from now on comes to. */
  target: number
  /** How many connections have come. */
  accepted = 0
  /** While true nothing comes through any more, in either direction, and nobody is told; nor does anybody get in. */
  isHole = false
  readonly #sockets = new Set<Socket>()
  readonly #server: Server

  constructor(target: number) {
    this.target = target
    this.#server = createServer((client) => this.#accept(client))
  }

  static async open(target: number): Promise<Relay> {
    const relay = new Relay(target)
    relay.#server.listen(0, '127.0.0.1')
    await once(relay.#server, 'listening')
    return relay
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** Breaks every connection. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }

  close(): void {
    this.cut()
    this.#server.close()
  }

  /** What has been swallowed once has lost its place: nothing that follows on this connection comes through either. */
  #accept(client: Socket): void {
    this.accepted++
    const server = connect(this.target, '127.0.0.1')
    let isLost = this.isHole
    const pipe = (from: Socket, to: Socket) => {
      this.#sockets.add(from)
      from.on('data', (chunk) => {
        isLost ||= this.isHole
        if (!isLost) to.write(chunk)
      })
      from.on('error', () => undefined)
      from.on('close', () => {
        this.#sockets.delete(from)
        isLost ||= this.isHole
        if (!isLost) to.destroy()
      })
    }
    pipe(client, server)
    pipe(server, client)
  }
}
