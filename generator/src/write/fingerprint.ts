import { fileURLToPath } from 'node:url'
import type { ApiIr } from '../ir.js'
import { sha256 } from '../lower/canonical.js'

/** The hash of all that the generated files depend on: the API with its documentation, and the generator. */
export function fingerprint(api: ApiIr, version: string): string {
  return sha256(JSON.stringify([api, version]))
}

/**
 * Whether the generator's version says all about its code. It does for one that was installed; one that is
 * being worked on changes without a new version, and must not take what it wrote before for what it would write.
 */
export function isVersioned(): boolean {
  return /[\\/]node_modules[\\/]/.test(fileURLToPath(import.meta.url))
}
