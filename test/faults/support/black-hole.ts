import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A TCP proxy that can swallow everything from one moment on: no bytes, no FIN and no reset pass any more. */
export class BlackHole {
  readonly #sockets = new Set<Socket>()
  readonly #server = createServer({ allowHalfOpen: true }, (near) => this.#carry(near))
  readonly #target: number
  #swallows = false

  constructor(target: number) {
    this.#target = target
  }

  /** The port to connect to instead. */
  async listen(): Promise<number> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return (this.#server.address() as AddressInfo).port
  }

  swallow(): void {
    this.#swallows = true
    for (const socket of this.#sockets) socket.removeAllListeners('data').resume()
  }

  close(): void {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
  }

  #carry(near: Socket): void {
    const far = connect({ port: this.#target, host: '127.0.0.1', allowHalfOpen: true })
    this.#join(near, far)
    this.#join(far, near)
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from)
    from.on('error', () => undefined)
    from.on('data', (chunk) => to.write(chunk))
    from.on('end', () => {
      if (!this.#swallows) to.end()
    })
  }
}
