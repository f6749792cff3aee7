import type { Diagnostic } from '../diagnose/diagnostic.js'
import { checkRoot, toFolderRefusal } from './check-root.js'
import { withLock } from './lock.js'
import { hashText, MANIFEST, type Manifest, parseManifest, printManifest } from './manifest.js'
import type { OutputFolder } from './output-folder.js'
import { type Plan, planWrite } from './plan.js'
import { Transaction } from './transaction.js'

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
  const refusal = checkRoot(folder.root)
  if (refusal !== undefined) return refusal
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
 * Brings the folder into its due state, or changes nothing when anything is refused or fails. The manifest covers
 * everything before the first file changes, so that a run that is cut off leaves nothing that the next one
 * would not know for its own. Processes that write to the same folder do so one after the other.
 */
export async function writeOutput(folder: OutputFolder, output: Output): Promise<Plan | Diagnostic> {
  const manifest = readManifest(folder)
  if (isProblem(manifest)) return manifest
  const first = planWrite(folder, output.files, manifest)
  if (first.refused.length > 0 || isDone(folder, first, output)) return first
  try {
    return await withLock(folder.root, () => writeAlone(folder, output))
  } catch (thrown) {
    const refusal = toFolderRefusal(folder.root, thrown)
    if (refusal === undefined) throw thrown
    return refusal
  }
}

function writeAlone(folder: OutputFolder, output: Output): Plan | Diagnostic {
  const current = readManifest(folder)
  if (isProblem(current)) return current
  const plan = planWrite(folder, output.files, current)
  if (plan.refused.length === 0 && !isDone(folder, plan, output))
    carryOut(folder, plan, { output, old: current })
  return plan
}

export function isProblem(manifest: Manifest | undefined | Diagnostic): manifest is Diagnostic {
  return manifest !== undefined && 'code' in manifest
}

function isDone(folder: OutputFolder, plan: Plan, output: Output): boolean {
  const changes = plan.missing.length + plan.stale.length + plan.extra.length
  return (
    changes === 0 && folder.read(MANIFEST)?.replaceAll('\r\n', '\n') === printManifest(toManifest(output))
  )
}

function carryOut(
  folder: OutputFolder,
  plan: Plan,
  { output, old }: { readonly output: Output; readonly old: Manifest | undefined },
): void {
  const manifest = toManifest(output)
  const changes = [...plan.missing, ...plan.stale]
  folder.removeTemporary()
  const transaction = new Transaction(folder)
  transaction.run(() => {
    const pending = { ...manifest, inputs: '', files: { ...old?.files, ...manifest.files } }
    transaction.stage(MANIFEST, printManifest(pending))
    for (const path of changes) transaction.stage(path, output.files.get(path) ?? '')
    transaction.commit()
    for (const path of plan.extra) transaction.remove(path)
    transaction.stage(MANIFEST, printManifest(manifest))
    transaction.commit()
  })
}

function toManifest({ generator, contract, inputs, files }: Output): Manifest {
  const hashes = [...files].map(([path, text]) => [path, hashText(text)])
  return { generator, contract, inputs, files: Object.fromEntries(hashes) }
}
