/** So many pieces wait one by one; more are joined, so that a sender of single bytes does not cost an object for each. */
const maxPieces = 256

/** Bytes that have come before they are enough. */
export class Chunks {
  #pieces: Buffer[] = []
  #bytes = 0
  #needed = 0

  get isEmpty(): boolean {
    return this.#pieces.length === 0
  }

  /** Keeps what is left of a chunk until there are `needed` bytes. */
  keep(rest: Buffer, needed: number): void {
    this.#pieces = [rest]
    this.#bytes = rest.length
    this.#needed = needed
  }

  /** All bytes, once there are enough; undefined before. */
  add(chunk: Buffer): Buffer | undefined {
    this.#pieces.push(chunk)
    this.#bytes += chunk.length
    const isEnough = this.#bytes >= this.#needed
    if (!isEnough && this.#pieces.length < maxPieces) return undefined
    const joined = Buffer.concat(this.#pieces, this.#bytes)
    this.#pieces = isEnough ? [] : [joined]
    return isEnough ? joined : undefined
  }
}
