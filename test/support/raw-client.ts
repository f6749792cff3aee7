import WebSocket, { type ClientOptions } from 'ws'

/** How a raw connection ended. */
export interface Ended {
  readonly code: number
  readonly reason: string
}

type Frame = readonly [type: string, ...rest: unknown[]]
type Waiting = { readonly matches: (frame: Frame) => boolean; readonly resolve: (frame: Frame) => void }

/** What to connect with. */
export interface RawOptions extends ClientOptions {
  readonly hello?: object | false
  readonly protocols?: string[]
}

/**
 * A client that speaks frames and nothing else: it sends what it is told, and keeps every frame that comes
 * until somebody asks for it.
 */
export class RawClient {
  readonly socket: WebSocket
  /** Every frame that came, in order. */
  readonly frames: Frame[] = []
  readonly ended: Promise<Ended>
  #unread: Frame[] = []
  #waiting: Waiting[] = []

  constructor(socket: WebSocket) {
    this.socket = socket
    socket.on('message', (data: Buffer, isBinary: boolean) =>
      this.#take(isBinary ? readBytes(data) : readText(data)),
    )
    this.ended = new Promise((resolve) => {
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
  }

  /** Connects and, unless `hello` is false, says hello and waits for the welcome. */
  static async open(url: string, options: RawOptions = {}): Promise<RawClient> {
    const { hello = {}, protocols = ['wirepact.v1.json'], ...rest } = options
    const socket = new WebSocket(url, protocols, rest)
    const client = new RawClient(socket)
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    socket.on('error', () => undefined)
    if (hello === false) return client
    client.send(['hello', hello])
    await Promise.race([client.next('welcome'), client.ended])
    return client
  }

  send(frame: unknown): void {
    this.socket.send(JSON.stringify(frame))
  }

  /** Sends a header and the payload behind it as one binary message. */
  sendBytes(header: unknown, payload: Uint8Array): void {
    const text = Buffer.from(JSON.stringify(header))
    const length = Buffer.alloc(4)
    length.writeUInt32BE(text.length)
    this.socket.send(Buffer.concat([length, text, payload]))
  }

  sendText(text: string): void {
    this.socket.send(text)
  }

  /** The next unread frame of a type, and of an id where one is given; waits for it when there is none yet. */
  next(type: string, id?: unknown): Promise<Frame> {
    const matches = (frame: Frame) => frame[0] === type && (id === undefined || frame[1] === id)
    const index = this.#unread.findIndex(matches)
    if (index >= 0) return Promise.resolve(this.#unread.splice(index, 1)[0] as Frame)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ matches, resolve })
      void this.ended.then((end) => reject(new Error(`closed with ${end.code} ${end.reason} before ${type}`)))
    })
  }

  /** The answer to a request: its output, or its error body. */
  async ask(id: number, name: string, input: unknown): Promise<unknown> {
    this.send(['request', id, name, input])
    return Promise.race([this.next('reply', id), this.next('error', id)]).then((frame) => frame[2])
  }

  /** Frames of a type that came so far, read or not. */
  all(type: string): Frame[] {
    return this.frames.filter((frame) => frame[0] === type)
  }

  close(code?: number, reason?: string): Promise<Ended> {
    this.socket.close(code, reason)
    return this.ended
  }

  terminate(): void {
    this.socket.terminate()
  }

  #take(frame: Frame): void {
    this.frames.push(frame)
    const index = this.#waiting.findIndex(({ matches }) => matches(frame))
    if (index < 0) this.#unread.push(frame)
    else this.#waiting.splice(index, 1)[0]?.resolve(frame)
  }
}

function readText(data: Buffer): Frame {
  return JSON.parse(data.toString()) as Frame
}

/** The header of a binary message, with the payload behind it as one element more. */
function readBytes(data: Buffer): Frame {
  const end = 4 + data.readUInt32BE(0)
  return [...readText(data.subarray(4, end)), data.subarray(end)] as unknown as Frame
}
