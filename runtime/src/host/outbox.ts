import type { Duplex } from 'node:stream'
import { JoinedFrames } from './joined-frames.js'

/** Something that has bytes to write at the end of the turn. */
interface Flushable {
  flush(): void
}

/** Collects who has something to write, and lets them all write once, at the end of this turn of the event loop. */
class TurnEnd {
  #waiting: Flushable[] = []

  add(waiting: Flushable): void {
    if (this.#waiting.push(waiting) === 1) setImmediate(() => this.#run())
  }

  #run(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const one of waiting) one.flush()
    joined.forget()
  }
}

const joined = new JoinedFrames()
const turnEnd = new TurnEnd()

/** Frames above this size are written by themselves: joining them would copy more than it saves. */
const maxJoinedBytes = 16 * 1024

/** What one socket is to be sent: frames of one turn leave in one write, in their order. */
export class Outbox implements Flushable {
  readonly #socket: Duplex
  /** Mostly there is one frame in a turn, so the first one needs no list. */
  #first: Uint8Array | undefined
  /** The first one again and those behind it; undefined while there is one at most. */
  #all: Uint8Array[] | undefined
  #bytes = 0
  /** Who is to be called when the socket has taken everything. */
  #waiting: (() => void)[] | undefined

  constructor(socket: Duplex) {
    this.#socket = socket
  }

  /** Bytes that were accepted and have not left this process. */
  get bufferedBytes(): number {
    return this.#bytes + this.#socket.writableLength
  }

  add(frame: Uint8Array): void {
    this.#bytes += frame.byteLength
    if (this.#first === undefined) {
      this.#first = frame
      turnEnd.add(this)
    } else if (this.#all === undefined) this.#all = [this.#first, frame]
    else this.#all.push(frame)
  }

  /** Calls back when everything that was added so far is with the system; not in this turn of the event loop. */
  whenDrained(run: () => void): void {
    this.#waiting ??= []
    if (this.#waiting.push(run) === 1) setImmediate(() => this.#wait())
  }

  /** One listener serves all who wait. */
  #wait(): void {
    if (this.#socket.writableNeedDrain) this.#socket.once('drain', () => this.#drained())
    else this.#drained()
  }

  #drained(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const run of waiting) run()
  }

  flush(): void {
    const first = this.#first
    if (first === undefined) return
    const [all, bytes] = [this.#all, this.#bytes]
    this.#first = undefined
    this.#all = undefined
    this.#bytes = 0
    if (!this.#socket.writable) return
    if (all === undefined) this.#socket.write(first)
    else if (bytes <= maxJoinedBytes) this.#socket.write(joined.of(all, bytes))
    else this.#writeCorked(all)
  }

  #writeCorked(frames: readonly Uint8Array[]): void {
    this.#socket.cork()
    for (const frame of frames) this.#socket.write(frame)
    this.#socket.uncork()
  }
}
