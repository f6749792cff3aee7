import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { opcodes } from './frame-bytes.js'

/** What a server made of what it was sent. */
export interface Verdict {
  /** The messages that came back, in order; bytes as `bytes:` and hexadecimal digits. */
  readonly messages: readonly string[]
  /** The payloads of the pongs that came back. */
  readonly pongs: readonly string[]
  /** The code of the server's close frame; 1005 for one without, 1006 where none came. */
  readonly close: number
  /** Whether frames followed the close frame, which must not be. */
  readonly wentOn: boolean
}

interface Reply {
  readonly opcode: number
  readonly payload: Buffer
}

/** A TCP connection that sends whatever bytes it is told, after a good opening handshake. */
export class RawSocket {
  readonly socket: Socket
  /** What came after the handshake and is no whole frame yet. */
  #rest = Buffer.alloc(0)
  readonly #replies: Reply[] = []
  readonly #wake = new Set<() => void>()
  readonly ended: Promise<Verdict>

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => undefined)
    this.ended = once(socket, 'close').then(() => this.#verdict())
  }

  /** `behind` is sent in one piece with the handshake. */
  static async open(port: number, path: string, behind: Uint8Array = Buffer.alloc(0)): Promise<RawSocket> {
    const socket = connect(port, '127.0.0.1')
    socket.setNoDelay(true)
    const raw = new RawSocket(socket)
    await once(socket, 'connect')
    socket.write(Buffer.concat([Buffer.from(handshake(path)), behind]))
    await raw.#handshaken()
    return raw
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  /** Writes byte by byte, each in a segment of its own. */
  async dribble(bytes: Uint8Array): Promise<void> {
    for (let index = 0; index < bytes.length && this.socket.writable; index++) {
      this.socket.write(bytes.subarray(index, index + 1))
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Waits until as many messages have come. */
  async messages(count: number): Promise<readonly string[]> {
    while (this.#messages().length < count && !this.socket.destroyed) {
      await new Promise<void>((resolve) => {
        this.#wake.add(resolve)
        this.socket.once('close', () => resolve())
      })
    }
    return this.#messages()
  }

  async #handshaken(): Promise<void> {
    let head = Buffer.alloc(0)
    await new Promise<void>((resolve, reject) => {
      const take = (chunk: Buffer) => {
        head = Buffer.concat([head, chunk])
        const end = head.indexOf('\r\n\r\n')
        if (end < 0) return
        this.socket.off('data', take)
        if (!head.toString().startsWith('HTTP/1.1 101')) return reject(new Error(head.toString()))
        this.socket.on('data', (more: Buffer) => this.#take(more))
        this.#take(head.subarray(end + 4))
        resolve()
      }
      this.socket.on('data', take)
      this.socket.once('close', () => reject(new Error('closed within the handshake')))
    })
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (let reply = this.#read(); reply !== undefined; reply = this.#read()) {
      this.#replies.push(reply)
      if (reply.opcode === opcodes.close) this.socket.end()
    }
    for (const wake of this.#wake) wake()
    this.#wake.clear()
  }

  /** The next whole frame; what servers send is not masked. */
  #read(): Reply | undefined {
    const rest = this.#rest
    if (rest.length < 2) return undefined
    const code = (rest[1] as number) & 0x7f
    const start = code === 126 ? 4 : code === 127 ? 10 : 2
    if (rest.length < start) return undefined
    const length = code === 126 ? rest.readUInt16BE(2) : code === 127 ? Number(rest.readBigUInt64BE(2)) : code
    if (rest.length < start + length) return undefined
    this.#rest = rest.subarray(start + length)
    return { opcode: (rest[0] as number) & 0x0f, payload: rest.subarray(start, start + length) }
  }

  #messages(): string[] {
    return this.#replies
      .filter(({ opcode }) => opcode === opcodes.text || opcode === opcodes.binary)
      .map(({ opcode, payload }) =>
        opcode === opcodes.text ? payload.toString() : `bytes:${payload.toString('hex')}`,
      )
  }

  #verdict(): Verdict {
    const closing = this.#replies.find(({ opcode }) => opcode === opcodes.close)
    const pongs = this.#replies.filter(({ opcode }) => opcode === opcodes.pong)
    return {
      wentOn: closing !== undefined && closing !== this.#replies.at(-1),
      messages: this.#messages(),
      pongs: pongs.map(({ payload }) => payload.toString()),
      close:
        closing === undefined ? 1006 : closing.payload.length < 2 ? 1005 : closing.payload.readUInt16BE(0),
    }
  }
}

function handshake(path: string): string {
  return [
    `GET ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '\r\n',
  ].join('\r\n')
}
