import type { Change } from '../change.js'
import type { ChangeClass } from '../verdict.js'
import { type Shown, showFile } from './shown.js'

const commands: Readonly<Record<ChangeClass, string>> = {
  'wire-breaking': 'error',
  'source-breaking': 'warning',
  compatible: 'notice',
}

/** Changes as workflow commands of GitHub Actions, which shows them at their lines. */
export function showGithub({ changes, cwd }: Shown): string {
  return changes.map((change) => `${toCommand(change, cwd)}\n`).join('')
}

function toCommand({ kind, class: name, where, what, why, site }: Change, cwd: string): string {
  const place =
    site === undefined
      ? []
      : [`file=${escapeProperty(showFile(site.file, cwd))}`, `line=${site.line}`, `col=${site.column}`]
  const properties = [...place, `title=${escapeProperty(`${name}: ${kind}`)}`].join(',')
  return `::${commands[name]} ${properties}::${escapeMessage(`${where === '' ? 'the API' : where}: ${what} ${why}`)}`
}

function escapeMessage(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
