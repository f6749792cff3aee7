/** What a connection is to be sent: one frame, or several as a run. */
export type Frames = Uint8Array | FrameRun

/**
 * Frames that go to one connection in one turn: the newest, and those before it. Members of a channel are mostly sent
 * the same in a turn. They share its runs: nothing is made for each of them, and the bytes are joined once.
 */
export class FrameRun {
  readonly #before: Frames
  readonly #frame: Uint8Array
  /** Of all of them. */
  readonly byteLength: number
  #joined: Uint8Array | undefined

  constructor(before: Frames, frame: Uint8Array) {
    this.#before = before
    this.#frame = frame
    this.byteLength = before.byteLength + frame.byteLength
  }

  isOf(before: Frames, frame: Uint8Array): boolean {
    return this.#frame === frame && this.#before === before
  }

  /** In the order in which they are to be sent. */
  get frames(): Uint8Array[] {
    const frames = [this.#frame]
    let before = this.#before
    for (; before instanceof FrameRun; before = before.#before) frames.push(before.#frame)
    frames.push(before)
    return frames.reverse()
  }

  /** As one piece, which nobody may change. */
  get joined(): Uint8Array {
    this.#joined ??= this.#join()
    return this.#joined
  }

  /** From the end, where the newest is: no list is needed. */
  #join(): Uint8Array {
    const joined = Buffer.allocUnsafe(this.byteLength)
    let end = this.byteLength
    let frames: Frames = this
    for (; frames instanceof FrameRun; frames = frames.#before) {
      end -= frames.#frame.byteLength
      joined.set(frames.#frame, end)
    }
    joined.set(frames)
    return joined
  }
}
