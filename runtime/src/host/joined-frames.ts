const none: readonly Uint8Array[] = []
const nothing = new Uint8Array(0)

/**
 * Joins the frames that leave in one write. Members of a channel are mostly sent the same in a turn: what was joined for
 * one of them is written to those behind it, too.
 */
export class JoinedFrames {
  #frames: readonly Uint8Array[] = none
  #bytes: Uint8Array = nothing

  /** The frames as one piece of `bytes` bytes. Nobody may change them, nor the list, before the next {@link forget}. */
  of(frames: readonly Uint8Array[], bytes: number): Uint8Array {
    if (areSame(frames, this.#frames)) return this.#bytes
    this.#frames = frames
    this.#bytes = Buffer.concat(frames, bytes)
    return this.#bytes
  }

  /** Holds on to nothing any more. */
  forget(): void {
    this.#frames = none
    this.#bytes = nothing
  }
}

/** Whether they are the same objects in the same order. The last ones differ most often, so they are looked at first. */
function areSame(left: readonly Uint8Array[], right: readonly Uint8Array[]): boolean {
  if (left.length !== right.length) return false
  for (let index = left.length - 1; index >= 0; index--) if (left[index] !== right[index]) return false
  return true
}
