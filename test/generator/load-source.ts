import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll } from 'vitest'
import { type ApiIr, compile, type Diagnostic, formatDiagnostics, loadApi } from 'wirepact/compiler'

const root = fileURLToPath(new URL('../.tmp', import.meta.url))
const folders: string[] = []

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A new folder with files in it, from which the packages of the workspace resolve. Gone after the tests. */
export function createFolder(files: Readonly<Record<string, string>> = {}): string {
  mkdirSync(root, { recursive: true })
  const folder = mkdtempSync(join(root, 'case-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export function readText(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}

const builders =
  'binary, channel, defineApi, event, param, presence, request, route, router, stream, text, Type'
const imports = `import { ${builders} } from '@wirepact/schema'\n`

/** The source of a schema file with one route, whose options are `options`. */
export function routeSource(options: string, before = ''): string {
  return `${imports}${before}
export default defineApi({ title: 'T', version: '1', routes: {
  chat: route({
    ${options}
  }),
} })
`
}

/** The source of a schema file that ends in `text`. */
export function apiSource(text: string): string {
  return `${imports}${text}\n`
}

/** The intermediate form of a schema file that has nothing wrong. */
export async function lowerSource(source: string): Promise<ApiIr> {
  const compiled = await compile(await loadApi(join(createFolder({ 'schema.ts': source }), 'schema.ts')))
  if (!compiled.ok) throw new Error(compiled.diagnostics.map((one) => one.message).join('\n'))
  return compiled.api
}

/** What is wrong with a schema file. */
export async function diagnoseSource(source: string): Promise<readonly Diagnostic[]> {
  const compiled = await compile(await loadApi(join(createFolder({ 'schema.ts': source }), 'schema.ts')))
  return compiled.ok ? [] : compiled.diagnostics
}

/** What is likely not meant in a schema file that has nothing wrong. */
export async function warningsOf(source: string): Promise<readonly Diagnostic[]> {
  const compiled = await compile(await loadApi(join(createFolder({ 'schema.ts': source }), 'schema.ts')))
  if (!compiled.ok) throw new Error(compiled.diagnostics.map((one) => one.message).join('\n'))
  return compiled.warnings
}

/** What is wrong with a schema file, as `wirepact generate` prints it. */
export async function printProblems(source: string): Promise<string> {
  const folder = createFolder({ 'schema.ts': source })
  const compiled = await compile(await loadApi(join(folder, 'schema.ts')))
  if (compiled.ok) return ''
  return formatDiagnostics(compiled.diagnostics, { cwd: folder, read: (file) => readText('', file) })
}

/** The same, one line for each: the place's text in the source, the code, the message and the suggestion. */
export async function problemsOf(source: string): Promise<readonly string[]> {
  const diagnostics = await diagnoseSource(source)
  return diagnostics.map(({ code, message, site, suggestion }) => {
    const line = source.split('\n')[(site?.line ?? 0) - 1] ?? ''
    const place = line.slice((site?.column ?? 1) - 1).slice(0, 12)
    const meant = suggestion === undefined ? '' : ` [${suggestion}]`
    return `${place} | ${code} ${message}${meant}`
  })
}
