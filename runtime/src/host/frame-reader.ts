import { isUtf8 } from 'node:buffer'
import { closeCodes, isSendableCloseCode } from '@wirepact/protocol'
import { Chunks } from './chunks.js'
import { headProblem, opcodes } from './frame-head.js'
import { unmask } from './unmask.js'

/** Who is told what a client sent. */
export interface FrameSink {
  text(message: string): void
  binary(message: Uint8Array): void
  pinged(payload: Uint8Array): void
  pong(): void
  /** The client says goodbye; 1005 when it says no code. */
  goodbye(code: number, reason: string): void
  /** What was sent breaks the protocol; nothing more is read. */
  broken(code: number, problem: string): void
}

/** What is told of a close frame without a code (RFC 6455, section 7.1.5). */
export const noStatus = 1005

/** A message in more pieces is refused with 1008, so that none is made of more objects than bytes. */
const maxFragments = 16 * 1024

/** What a complete frame is, and where in the chunk its payload stands, still masked. */
interface Frame {
  readonly first: number
  readonly start: number
  readonly end: number
}

/**
 * Reads a client's frames (RFC 6455, section 5) from the bytes of its socket, as they come. It is as strict as the
 * specification, and looks at each byte once.
 */
export class FrameReader {
  readonly #sink: FrameSink
  readonly #maxBytes: number
  #isDone = false
  #isPaused = false
  #isReading = false
  /** What had come when it was told to wait. */
  #held: Buffer | undefined
  /** The beginning of a frame whose rest has not come yet; made with the first such frame. */
  #chunks: Chunks | undefined
  #fragments: Message | undefined

  constructor(sink: FrameSink, maxPayloadBytes: number) {
    this.#sink = sink
    this.#maxBytes = maxPayloadBytes
  }

  /** Takes what the socket read. The bytes are unmasked in place. */
  push(chunk: Buffer): void {
    if (this.#isDone) return
    const bytes = this.#chunks === undefined || this.#chunks.isEmpty ? chunk : this.#chunks.add(chunk)
    if (bytes !== undefined) this.#read(bytes)
  }

  /** Hands nothing on until `resume`; no chunk is to be pushed meanwhile. */
  pause(): void {
    this.#isPaused = true
  }

  /** Hands on what was held back. False when it was told to wait again meanwhile. */
  resume(): boolean {
    this.#isPaused = false
    const held = this.#held
    this.#held = undefined
    if (held !== undefined && !this.#isReading) this.#read(held)
    return !this.#isPaused
  }

  /** Reads no more. */
  stop(): void {
    this.#isDone = true
    this.#chunks = undefined
    this.#fragments = undefined
    this.#held = undefined
  }

  #read(bytes: Buffer): void {
    this.#isReading = true
    const offset = this.#readFrames(bytes)
    this.#isReading = false
    if (offset < bytes.length && !this.#isDone) this.#held = bytes.subarray(offset)
  }

  /** Where it stopped: at the end, unless it was told to wait. */
  #readFrames(bytes: Buffer): number {
    let offset = 0
    while (offset < bytes.length && !this.#isPaused) {
      const end = this.#readFrame(bytes, offset)
      if (this.#isDone) break
      if (end > bytes.length) {
        this.#wait(bytes, offset, end - offset)
        return bytes.length
      }
      offset = end
    }
    return offset
  }

  /** Where the frame at `offset` ends, or, as far as that is known, will end; it is handled when it is all there. */
  #readFrame(bytes: Buffer, offset: number): number {
    const left = bytes.length - offset
    if (left < 2) return offset + 2
    const [first, second] = [bytes[offset] as number, bytes[offset + 1] as number]
    const problem = headProblem(first, second, this.#fragments !== undefined)
    if (problem !== undefined) return this.#break(closeCodes.PROTOCOL_ERROR, problem)
    const code = second & 0x7f
    const header = code < 126 ? 6 : code === 126 ? 8 : 14
    if (left < header) return offset + header
    const length = code < 126 ? code : readLength(bytes, offset + 2, code)
    if ((first & 0x08) === 0 && length + (this.#fragments?.bytes ?? 0) > this.#maxBytes)
      return this.#break(closeCodes.TOO_BIG, 'The message is too large.')
    const start = offset + header
    const end = start + length
    if (end <= bytes.length) {
      unmask(bytes, start, end)
      this.#take(bytes, { first, start, end })
    }
    return end
  }

  /** What comes later may come in many pieces; a small rest does not hold on to a large chunk. */
  #wait(bytes: Buffer, offset: number, needed: number): void {
    this.#chunks ??= new Chunks()
    const rest = bytes.subarray(offset)
    this.#chunks.keep(rest.length * 2 < bytes.length ? Buffer.from(rest) : rest, needed)
  }

  #take(bytes: Buffer, { first, start, end }: Frame): void {
    const opcode = first & 0x0f
    if (opcode >= opcodes.close) return this.#control(opcode, bytes.subarray(start, end))
    if (first >= 0x80 && this.#fragments === undefined) {
      if (opcode === opcodes.text) this.#text(bytes, start, end)
      else this.#sink.binary(bytes.subarray(start, end))
    } else this.#fragment(first, bytes.subarray(start, end))
  }

  #fragment(first: number, payload: Buffer): void {
    this.#fragments ??= { isText: (first & 0x0f) === opcodes.text, pieces: [], bytes: 0 }
    const message = this.#fragments
    if (message.pieces.push(payload) > maxFragments)
      return void this.#break(closeCodes.POLICY_VIOLATION, 'The message is in too many fragments.')
    message.bytes += payload.length
    if (first < 0x80) return
    this.#fragments = undefined
    const whole = Buffer.concat(message.pieces, message.bytes)
    if (message.isText) this.#text(whole, 0, whole.length)
    else this.#sink.binary(whole)
  }

  /** Only a text that has the mark of what could not be decoded has to be looked at again. */
  #text(bytes: Buffer, start: number, end: number): void {
    const text = bytes.toString('utf8', start, end)
    if (text.includes('\uFFFD') && !isUtf8(bytes.subarray(start, end)))
      return void this.#break(closeCodes.INVALID_DATA, 'A text is not UTF-8.')
    this.#sink.text(text)
  }

  #control(opcode: number, payload: Buffer): void {
    if (opcode === opcodes.ping) this.#sink.pinged(payload)
    else if (opcode === opcodes.pong) this.#sink.pong()
    else this.#goodbye(payload)
  }

  #goodbye(payload: Buffer): void {
    const code = payload.length === 0 ? noStatus : payload.readUInt16BE(0)
    if (payload.length > 0 && !isSendableCloseCode(code))
      return void this.#break(closeCodes.PROTOCOL_ERROR, `${code} is no close code.`)
    const reason = payload.subarray(2)
    if (!isUtf8(reason)) return void this.#break(closeCodes.INVALID_DATA, 'A close reason is not UTF-8.')
    this.#isDone = true
    this.#sink.goodbye(code, reason.toString())
  }

  #break(code: number, problem: string): number {
    this.#isDone = true
    this.#sink.broken(code, problem)
    return 0
  }
}

/** A message of which more fragments are to come. */
interface Message {
  readonly isText: boolean
  readonly pieces: Buffer[]
  bytes: number
}

/** A length of 16 or 64 bits. No message is so long that a number is not exact for it. */
function readLength(bytes: Buffer, offset: number, code: number): number {
  return code === 126 ? bytes.readUInt16BE(offset) : Number(bytes.readBigUInt64BE(offset))
}
