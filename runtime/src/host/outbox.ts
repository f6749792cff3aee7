import type { Duplex } from 'node:stream'
import { FrameRun, type Frames } from './frame-run.js'

/**
 * Who has something to write, in the order in which they had it first: they all write once, at the end of this turn of
 * the event loop. The chain goes through the outboxes, so that it costs nothing to be in it.
 */
class TurnEnd {
  #first: Outbox | null = null
  #last: Outbox | null = null
  /** The newest run: whoever is next is mostly sent the same. */
  #run: FrameRun | undefined

  add(outbox: Outbox): void {
    outbox.next = null
    if (this.#last === null) {
      this.#first = outbox
      setImmediate(() => this.#come())
    } else this.#last.next = outbox
    this.#last = outbox
  }

  /** What was sent `before`, and one more frame. */
  runOf(before: Frames, frame: Uint8Array): FrameRun {
    if (this.#run === undefined || !this.#run.isOf(before, frame)) this.#run = new FrameRun(before, frame)
    return this.#run
  }

  #come(): void {
    let outbox = this.#first
    this.#first = null
    this.#last = null
    this.#run = undefined
    while (outbox !== null) {
      const next: Outbox | null = outbox.next ?? null
      outbox.next = undefined
      outbox.flush()
      outbox = next
    }
  }
}

const turnEnd = new TurnEnd()

/** Frames above this size are written by themselves: joining them would copy more than it saves. */
const maxJoinedBytes = 16 * 1024

/** What one socket is to be sent: frames of one turn leave in one write, in their order. */
export class Outbox {
  readonly #socket: Duplex
  #frames: Frames | undefined
  /** Whether the socket has not taken everything at once. */
  #isBehind = false
  /** Who writes next at the end of the turn; null for nobody, undefined while this one has nothing to write. */
  next: Outbox | null | undefined
  /** Who is to be called when the socket has taken everything. */
  #waiting: (() => void)[] | undefined

  constructor(socket: Duplex) {
    this.#socket = socket
  }

  /** Bytes that were added and are not written yet. */
  get queuedBytes(): number {
    return this.#frames === undefined ? 0 : this.#frames.byteLength
  }

  /** Bytes that were added and have not left this process. A socket that keeps up is not even asked. */
  get bufferedBytes(): number {
    return this.#isBehind ? this.queuedBytes + this.#socket.writableLength : this.queuedBytes
  }

  add(frame: Uint8Array): void {
    this.#frames = this.#frames === undefined ? frame : turnEnd.runOf(this.#frames, frame)
    if (this.next === undefined) turnEnd.add(this)
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
    const frames = this.#frames
    if (frames === undefined) return
    this.#frames = undefined
    if (!this.#socket.writable) return
    if (frames instanceof Uint8Array) this.#socket.write(frames)
    else if (frames.byteLength <= maxJoinedBytes) this.#socket.write(frames.joined)
    else this.#writeCorked(frames.frames)
    this.#isBehind = this.#socket.writableLength > 0
  }

  #writeCorked(frames: readonly Uint8Array[]): void {
    this.#socket.cork()
    for (const frame of frames) this.#socket.write(frame)
    this.#socket.uncork()
  }
}
