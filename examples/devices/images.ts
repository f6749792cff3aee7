import { createHash } from 'node:crypto'

export const maxImageBytes = 16 * 1024 * 1024
const pieceBytes = 16 * 1024

/** Firmware by version. An application keeps this in files. */
export class Images {
  readonly #images = new Map<string, Uint8Array>()

  get(version: string): Uint8Array | undefined {
    return this.#images.get(version)
  }

  set(version: string, image: Uint8Array): void {
    this.#images.set(version, image)
  }
}

/** Reads pieces to their end, but no more than `maxBytes`: undefined when there are more. */
export async function joinPieces(
  pieces: AsyncIterable<Uint8Array>,
  maxBytes = maxImageBytes,
): Promise<Uint8Array | undefined> {
  const read: Uint8Array[] = []
  let bytes = 0
  for await (const piece of pieces) {
    bytes += piece.byteLength
    // Leaving the loop tells whoever produces the pieces to stop.
    if (bytes > maxBytes) return undefined
    read.push(piece)
  }
  return Buffer.concat(read)
}

/** An image in pieces; the next one is made when there is room for it. */
export function* toPieces(image: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < image.byteLength; at += pieceBytes) yield image.subarray(at, at + pieceBytes)
}

export function toSha256(image: Uint8Array): string {
  return createHash('sha256').update(image).digest('hex')
}
