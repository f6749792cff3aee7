import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import type { Diagnostic } from '../../diagnose/diagnostic.js'
import { compile } from '../../generate.js'
import { loadApi } from '../../load/load-api.js'
import { nearestModules } from '../../load/run-folders.js'
import { git, gitWith } from './git.js'
import type { VersionResult } from './version.js'

/** What a schema file can import. */
const importable = /\.([cm]?[jt]sx?|json)$/

/**
 * A schema file as it was at a revision that git knows. What the file may import is written into a temporary folder
 * with links to the installed packages, which is gone afterwards; the work tree and the index are not touched.
 */
export async function readRevision(revision: string, file: string): Promise<VersionResult> {
  const folder = dirname(file)
  const root = existsSync(folder) ? await git(folder, ['rev-parse', '--show-toplevel']) : undefined
  if (root === undefined)
    return refuse(`${folder} is in no git repository, and there is no file ${revision}.`)
  const commit = await git(folder, ['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
  if (commit === undefined) return refuse(`There is neither a file nor a revision ${revision}.`)
  const repository = realpathSync(root.trimEnd())
  const path = relative(repository, join(realpathSync(folder), basename(file)))
  const place = { repository, commit: commit.trim(), path: path.split(sep).join('/') }
  return readIn(file, { ...place, revision })
}

function refuse(message: string): VersionResult {
  return { ok: false, message }
}

interface Place {
  readonly repository: string
  readonly commit: string
  /** The schema file, relative to the repository, with forward slashes. */
  readonly path: string
  readonly revision: string
}

/**
 * A folder outside of all installed packages, as the settings of a project are not followed inside of them, with
 * links to those that the schema file sees: each in a folder of its own, so that the nearest is found first.
 */
function makeFolders(folder: string, file: string): string {
  const packages = installedFor(dirname(file))
  const inner = packages.reduceRight((outer, modules) => {
    mkdirSync(outer, { recursive: true })
    symlinkSync(modules, join(outer, 'node_modules'), 'junction')
    return join(outer, 'tree')
  }, folder)
  mkdirSync(inner, { recursive: true })
  return inner
}

/** The folders of installed packages, the nearest first. */
function installedFor(folder: string): readonly string[] {
  const modules = nearestModules(folder)
  return modules === undefined ? [] : [modules, ...installedFor(dirname(dirname(modules)))]
}

async function readIn(file: string, place: Place): Promise<VersionResult> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'wirepact-revision-')))
  try {
    const tree = makeFolders(folder, file)
    const problem = await extract(tree, join(folder, 'index'), place)
    if (problem !== undefined) return refuse(problem)
    const loaded = await loadApi(join(tree, place.path))
    const compiled = await compile(loaded)
    if (compiled.ok) return { ok: true, version: { api: compiled.api } }
    return { ok: false, diagnostics: compiled.diagnostics.map((one) => inRevision(one, tree, place)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes the files of a revision into a folder, by an index of its own. Answers with what went wrong. */
async function extract(tree: string, index: string, { repository, commit, path, revision }: Place) {
  const listed = await git(repository, ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit])
  const files = (listed ?? '').split('\0').filter((name) => importable.test(name))
  if (!files.includes(path)) return `There is no file ${path} at ${revision}.`
  const env = { GIT_INDEX_FILE: index }
  const read = await git(repository, ['read-tree', commit], env)
  const checkOut = ['checkout-index', '-z', '--stdin', '--force', `--prefix=${tree}/`]
  const isOut = read !== undefined && (await gitWith(repository, checkOut, { input: files.join('\0'), env }))
  return isOut ? undefined : `git could not write the files of ${revision}.`
}

/** A problem with its place in the revision rather than in the folder that is gone. */
function inRevision(diagnostic: Diagnostic, folder: string, { revision }: Place): Diagnostic {
  const { site } = diagnostic
  const tree = folder + sep
  if (site === undefined || !site.file.startsWith(tree)) return diagnostic
  return { ...diagnostic, site: { ...site, file: `${revision}:${site.file.slice(tree.length)}` } }
}
