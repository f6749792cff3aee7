import { readFileSync } from 'node:fs'

/** Packages whose code is known by the generator's own version. */
const known = new Set(['@wirepact/schema', 'wirepact'])

const imported = /\b(?:from|import)\s*(['"])([^'"\n]+)\1/g

/** Words by which code can learn something that does not stand in it. In a comment or a text they only cost time. */
const outside =
  /\b(process|Date|random|globalThis|fetch|require|performance|crypto|Intl|navigator|eval|Function)\b|\bimport\s*\(|\bimport\.meta\b|\btoLocale/

/** Whether nothing but the text of these files decides what they export. When in doubt, they are taken not to. */
export function isSelfContained(files: readonly string[]): boolean {
  return files.every((file) => {
    const text = readFileSync(file, 'utf8')
    const packages = [...text.matchAll(imported)].map(([, , name = '']) => name)
    return !outside.test(text) && packages.every((name) => name.startsWith('.') || known.has(name))
  })
}
