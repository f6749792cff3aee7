import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A block of code on a page. */
export interface Snippet {
  /** What stands behind the language: the name of the file that it is, or `schema` for a schema file of its own. */
  readonly label: string
  readonly code: string
  /** Where it starts, as `page:line`. */
  readonly place: string
}

export interface Page {
  readonly path: string
  readonly snippets: readonly Snippet[]
}

/** The pages that people read, each with its blocks of TypeScript. */
export async function readPages(): Promise<Page[]> {
  const docs = (await readdir(`${root}docs`)).filter((name) => name.endsWith('.md')).sort()
  const paths = ['README.md', ...docs.map((name) => `docs/${name}`)]
  return Promise.all(
    paths.map(async (path) => ({ path, snippets: snippetsOf(path, await readFile(root + path, 'utf8')) })),
  )
}

function snippetsOf(path: string, text: string): Snippet[] {
  const found: Snippet[] = []
  let open: { label: string; lines: string[]; line: number } | undefined
  for (const [index, line] of text.split('\n').entries()) {
    const fence = /^```(\w*) ?(.*)$/.exec(line)
    if (fence === null) open?.lines.push(line)
    else if (open !== undefined) {
      found.push({ label: open.label, code: `${open.lines.join('\n')}\n`, place: `${path}:${open.line}` })
      open = undefined
    } else if (/^(tsx?|typescript)$/.test(fence[1] ?? '')) {
      open = { label: (fence[2] ?? '').trim(), lines: [], line: index + 1 }
    }
  }
  return found
}
