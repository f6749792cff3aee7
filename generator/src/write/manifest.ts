import { canonicalJson, sha256 } from '../lower/canonical.js'
import { isRecord } from '../model/reader.js'

export const MANIFEST = 'manifest.json'

/** What the generator wrote into an output folder, so that it knows its own files again. */
export interface Manifest {
  readonly generator: string
  /** The hash of the contract. */
  readonly contract: string
  /** The hash of all that the files were made from; empty while they are being written. */
  readonly inputs: string
  /** The SHA-256 of every file's text, by its path within the folder. */
  readonly files: Readonly<Record<string, string>>
}

/** The manifest's text: sorted, without times, the same on every run. */
export function printManifest(manifest: Manifest): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(manifest)), null, 2)}\n`
}

/** The manifest in a text; undefined when it is none. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isManifest(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value) || !isRecord(value.files)) return false
  const texts = [value.generator, value.contract, value.inputs, ...Object.values(value.files)]
  return texts.every((text) => typeof text === 'string')
}

/** The hash of a file's text, whatever line ends a checkout gave it. */
export function hashText(text: string): string {
  return sha256(text.replaceAll('\r\n', '\n'))
}
