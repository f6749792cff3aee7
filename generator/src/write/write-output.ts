import type { Diagnostic } from '../diagnose/diagnostic.js'
import { hashText, MANIFEST, type Manifest, parseManifest, printManifest } from './manifest.js'
import type { OutputFolder } from './output-folder.js'
import { type Plan, planWrite } from './plan.js'

/** What is to be in an output folder. */
export interface Output {
  readonly generator: string
  readonly contract: string
  /** The hash of all that the files are made from. */
  readonly inputs: string
  readonly files: ReadonlyMap<string, string>
}

/** The manifest of a folder; undefined when there is none, or the problem when there is something else. */
export function readManifest(folder: OutputFolder): Manifest | undefined | Diagnostic {
  if (!folder.has(MANIFEST)) return undefined
  const manifest = parseManifest(folder.read(MANIFEST) ?? '')
  if (manifest !== undefined) return manifest
  const message = `${folder.root}/${MANIFEST} was not written by wirepact, or is damaged. Remove it, or choose another output folder.`
  return { code: 'FOREIGN_FILE', message, path: '' }
}

/** Whether the folder holds exactly what was written when `inputs` were these. */
export function isCurrent(folder: OutputFolder, manifest: Manifest | undefined, inputs: string): boolean {
  if (manifest === undefined || manifest.inputs !== inputs) return false
  return Object.entries(manifest.files).every(([path, hash]) => hashText(folder.read(path) ?? '') === hash)
}

/**
 * Brings the folder into its due state, or changes nothing when anything is refused. The manifest covers
 * everything before the first file changes, so that a run that is cut off leaves nothing that the next one
 * would not know for its own.
 */
export function writeOutput(folder: OutputFolder, output: Output, old: Manifest | undefined): Plan {
  const plan = planWrite(folder, output.files, old)
  if (plan.refused.length > 0) return plan
  const manifest = toManifest(output)
  const changes = [...plan.missing, ...plan.stale]
  if (changes.length + plan.extra.length > 0) {
    const pending = { ...manifest, inputs: '', files: { ...old?.files, ...manifest.files } }
    folder.write(MANIFEST, printManifest(pending))
  }
  for (const path of changes) folder.write(path, output.files.get(path) ?? '')
  for (const path of plan.extra) folder.remove(path)
  const text = printManifest(manifest)
  if (folder.read(MANIFEST) !== text) folder.write(MANIFEST, text)
  return plan
}

function toManifest({ generator, contract, inputs, files }: Output): Manifest {
  const hashes = [...files].map(([path, text]) => [path, hashText(text)])
  return { generator, contract, inputs, files: Object.fromEntries(hashes) }
}
