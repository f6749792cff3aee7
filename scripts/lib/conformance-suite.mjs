import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, sep } from 'node:path'
import { inWorkspace } from './workspace.mjs'

/** Where the suite's remote documents are, as its own files refer to them. */
const remoteBase = 'http://localhost:1234/'
const draft = 'draft2020-12'

/** The tests below `tests/draft2020-12`, each file with the part of the suite that it belongs to. */
export async function readSuite(folder) {
  const tests = join(folder, 'tests', draft)
  const paths = await jsonFiles(tests)
  return Promise.all(
    paths.map(async (path) => {
      const name = relative(tests, path).split(sep).join('/')
      return { name, part: partOf(name), groups: await readJson(path) }
    }),
  )
}

function partOf(name) {
  if (name.startsWith('optional/format/')) return 'optional/format'
  return name.startsWith('optional/') ? 'optional' : 'required'
}

/** What references in the suite may lead to: its remotes, and the metaschemas, by address. */
export async function readRemotes(folder) {
  const root = join(folder, 'remotes')
  const remotes = await addressed(root, (path) => remoteBase + relative(root, path).split(sep).join('/'))
  const metaschemas = await addressed(metaschemaFolder(), metaschemaAddress)
  return new Map([...remotes, ...metaschemas])
}

async function addressed(folder, addressOf) {
  const paths = await jsonFiles(folder)
  return Promise.all(paths.map(async (path) => [addressOf(path), await readJson(path)]))
}

/** Ajv, which the tests depend on, ships the metaschema, which the suite refers to and does not contain. */
const metaschema = 'ajv/dist/refs/json-schema-2020-12/schema.json'

function metaschemaFolder() {
  return dirname(createRequire(inWorkspace('test', 'package.json')).resolve(metaschema))
}

function metaschemaAddress(path) {
  const vocabulary = basename(dirname(path)) === 'meta' ? 'meta/' : ''
  return `https://json-schema.org/draft/2020-12/${vocabulary}${basename(path, '.json')}`
}

async function jsonFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
  return files.map((entry) => join(entry.parentPath, entry.name)).sort()
}

async function readJson(path) {
  return JSON.parse(await readFile(path, 'utf8'))
}
