import type { Diagnostic } from '../diagnose/diagnostic.js'
import { hashText, MANIFEST, type Manifest } from './manifest.js'
import type { OutputFolder } from './output-folder.js'

/** What is to be done to an output folder, by the paths of its files, sorted. */
export interface Plan {
  readonly missing: readonly string[]
  /** Files whose text is not what it is to be. */
  readonly stale: readonly string[]
  readonly unchanged: readonly string[]
  /** Files that were written once and are not any more: they go. */
  readonly extra: readonly string[]
  /** The same, but somebody changed them: they stay. */
  readonly kept: readonly string[]
  readonly refused: readonly Diagnostic[]
}

/** Compares a folder with what it is to be. `old` is what was written there before. Changes nothing. */
export function planWrite(
  folder: OutputFolder,
  files: ReadonlyMap<string, string>,
  old: Manifest | undefined,
): Plan {
  const paths = [...files.keys()].sort()
  const is = (state: FileState) => paths.filter((path) => stateOf(folder, { path, files, old }) === state)
  const past = Object.keys(old?.files ?? {}).filter(
    (path) => !files.has(path) && folder.read(path) !== undefined,
  )
  const isOurs = (path: string) => hashText(folder.read(path) ?? '') === old?.files[path]
  return {
    missing: is('missing'),
    stale: is('stale'),
    unchanged: is('unchanged'),
    extra: past.filter(isOurs).sort(),
    kept: past.filter((path) => !isOurs(path)).sort(),
    refused: [...is('outside').map(outside), ...is('foreign').map((path) => foreign(folder, path))],
  }
}

type FileState = 'missing' | 'stale' | 'unchanged' | 'foreign' | 'outside'

interface Wanted {
  readonly path: string
  readonly files: ReadonlyMap<string, string>
  readonly old: Manifest | undefined
}

function stateOf(folder: OutputFolder, { path, files, old }: Wanted): FileState {
  if (path === MANIFEST || folder.locate(path) === undefined) return 'outside'
  if (!folder.has(path)) return 'missing'
  const text = folder.read(path)
  if (text !== undefined && hashText(text) === hashText(files.get(path) ?? '')) return 'unchanged'
  return text !== undefined && Object.hasOwn(old?.files ?? {}, path) ? 'stale' : 'foreign'
}

function outside(path: string): Diagnostic {
  const message = `${path} is outside of the output folder, or behind a symbolic link.`
  return { code: 'OUTSIDE_OUTPUT', message, path: '' }
}

function foreign(folder: OutputFolder, path: string): Diagnostic {
  const message = `${folder.root}/${path} was not written by wirepact. Move it away, or choose another output folder.`
  return { code: 'FOREIGN_FILE', message, path: '' }
}
