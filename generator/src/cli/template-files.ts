import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What can be started from, the first by default. */
export const templates = ['chat', 'echo', 'dashboard'] as const

export type Template = (typeof templates)[number]

const folder = fileURLToPath(new URL('../../templates', import.meta.url))

/** The files of a template by their paths, the project's name and Wirepact's version filled in. */
export function readTemplate(
  template: Template,
  { name, version }: { readonly name: string; readonly version: string },
): ReadonlyMap<string, string> {
  const files = [...listFiles(join(folder, 'every')), ...listFiles(join(folder, template))]
  const texts = files.map(([path, file]) => {
    const text = readFileSync(file, 'utf8').replaceAll('{{name}}', name).replaceAll('{{version}}', version)
    return [path, text] as const
  })
  return new Map(texts.sort(([left], [right]) => (left < right ? -1 : 1)))
}

/** npm leaves files of the name `.gitignore` out of packages: it goes by another one until it is written. */
function listFiles(root: string): readonly (readonly [path: string, file: string])[] {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [
      relative(root, file)
        .replaceAll('\\', '/')
        .replace(/^gitignore$/, '.gitignore'),
      file,
    ])
}
