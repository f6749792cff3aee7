import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { EmitOptions } from '../generate.js'
import type { ApiIr } from '../ir.js'
import { sha256 } from '../lower/canonical.js'

/** The hash of all that the generated files depend on: the API with its documentation, the generator, and its options. */
export function fingerprint(api: ApiIr, version: string, { react }: EmitOptions = {}): string {
  return sha256(JSON.stringify([api, version, ...(react ? ['react'] : [])]))
}

/**
 * Whether the generator's version says all about its code. It does for one that was installed; one that is
 * being worked on changes without a new version: what it wrote is known by `buildIdentity`.
 */
export function isVersioned(): boolean {
  return /[\\/]node_modules[\\/]/.test(fileURLToPath(import.meta.url))
}

/** The generator's code and that of the packages it is built upon, by the sizes and times of their files. */
export function buildIdentity(): string {
  const own = dirname(dirname(fileURLToPath(import.meta.url)))
  const others = ['@wirepact/protocol', '@wirepact/schema'].map((name) =>
    dirname(fileURLToPath(import.meta.resolve(name))),
  )
  return sha256(JSON.stringify([join(own, '../package.json'), own, ...others].map(describePath)))
}

function describePath(path: string): unknown {
  if (!existsSync(path)) return null
  const stats = statSync(path)
  if (!stats.isDirectory()) return [stats.size, stats.mtimeMs]
  const entries = readdirSync(path, { withFileTypes: true, recursive: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.js'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => [file, statSync(file).size, statSync(file).mtimeMs])
}
