import { existsSync, readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { compile } from '../../generate.js'
import { loadApi } from '../../load/load-api.js'
import { fromSnapshot } from './snapshot.js'
import type { VersionResult } from './version.js'

/** What a version is named by, and the schema file that a revision is looked up for. */
export interface VersionRequest {
  /** A file, else a revision. */
  readonly against: string
  readonly cwd: string
  readonly schema: string
}

/** The version that somebody named: a snapshot, a schema file, or a revision of git. */
export async function readVersion({ against, cwd, schema }: VersionRequest): Promise<VersionResult> {
  const file = resolve(cwd, against)
  if (existsSync(file) && statSync(file).isFile()) {
    return file.endsWith('.json') ? readSnapshot(file) : readSchema(file)
  }
  const { readRevision } = await import('./read-revision.js')
  return readRevision(against, schema)
}

/** The version that a schema file describes. */
export async function readSchema(file: string): Promise<VersionResult> {
  const loaded = await loadApi(file)
  const compiled = await compile(loaded)
  if (!compiled.ok) return compiled
  return { ok: true, version: { api: compiled.api, ...(loaded.ok && { loaded: loaded.value }) } }
}

function readSnapshot(file: string): VersionResult {
  const api = fromSnapshot(readFileSync(file, 'utf8'))
  if (api !== undefined) return { ok: true, version: { api } }
  return { ok: false, message: `${file} is no snapshot, which \`wirepact export snapshot\` writes.` }
}
