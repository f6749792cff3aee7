import { relative } from 'node:path'
import type { Site } from '../ir.js'
import { codeFrame } from './code-frame.js'
import { type Colours, createColours } from './colours.js'
import type { Diagnostic } from './diagnostic.js'

export interface FormatOptions {
  /** Default false. */
  readonly colour?: boolean
  /** The folder that paths are shown relative to. */
  readonly cwd: string
  /** The text of a file, for code frames; undefined when it cannot be read. */
  readonly read: (file: string) => string | undefined
}

/** Every problem with its place, a piece of the source and what was probably meant, and their number at the end. */
export function formatDiagnostics(diagnostics: readonly Diagnostic[], options: FormatOptions): string {
  const colours = createColours(options.colour ?? false)
  const problems = diagnostics.map((diagnostic) =>
    formatOne(diagnostic, { ...options, colours, heading: colours.red(diagnostic.code) }),
  )
  const count = diagnostics.length === 1 ? '1 problem' : `${diagnostics.length} problems`
  return `${[...problems, colours.red(`${count} found. Nothing was written.`)].join('\n\n')}\n`
}

/** The same for warnings, which keep nothing from being written. Empty for none. */
export function formatWarnings(warnings: readonly Diagnostic[], options: FormatOptions): string {
  const colours = createColours(options.colour ?? false)
  const shown = warnings.map((warning) =>
    formatOne(warning, { ...options, colours, heading: `${colours.cyan('warning')} ${warning.code}` }),
  )
  return shown.map((text) => `${text}\n\n`).join('')
}

interface Style extends FormatOptions {
  readonly colours: Colours
  /** What it is, by its code. */
  readonly heading: string
}

function formatOne({ message, site, path, suggestion }: Diagnostic, style: Style): string {
  const { colours } = style
  const place = site === undefined ? '' : `${colours.cyan(showPlace(site, style.cwd))} `
  const lines = [`${place}${style.heading} ${message}`]
  const source = site === undefined ? undefined : style.read(site.file)
  if (site !== undefined && source !== undefined) {
    lines.push(...codeFrame(source, site).map((line) => (line.startsWith('>') ? line : colours.dim(line))))
  }
  if (path !== '') lines.push(`  at ${path}`)
  if (suggestion !== undefined) lines.push(`  Did you mean ${colours.green(suggestion)}?`)
  return lines.join('\n')
}

/** `schema.ts:3:7`, relative to `cwd`, with forward slashes on every system. */
function showPlace({ file, line, column }: Site, cwd: string): string {
  return `${(relative(cwd, file) || file).replaceAll('\\', '/')}:${line}:${column}`
}
