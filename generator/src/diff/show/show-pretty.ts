import { type Colours, createColours } from '../../diagnose/colours.js'
import type { Change } from '../change.js'
import { type ChangeClass, changeClasses } from '../verdict.js'
import { countChanges, type Shown, showFile } from './shown.js'

/** How many users of a type are named. */
const maxUses = 3

/** Changes for people: the worst first, each with its place and the reason. */
export function showPretty(shown: Shown): string {
  const { changes, against } = shown
  const colours = createColours(shown.colour)
  if (changes.length === 0) return `Nothing has changed since ${against}.\n`
  const sections = changeClasses.flatMap((name) => {
    const found = changes.filter((change) => change.class === name)
    const title = paint(name, `${name} (${found.length})`, colours)
    return found.length === 0
      ? []
      : [[title, ...found.map((one) => showChange(one, shown, colours))].join('\n\n')]
  })
  return `${[...sections, `${summary(changes)} since ${against}.`].join('\n\n')}\n`
}

function summary(changes: readonly Change[]): string {
  const counts = countChanges(changes)
  const parts = changeClasses.flatMap((name) => (counts[name] === 0 ? [] : [`${counts[name]} ${name}`]))
  return `${changes.length === 1 ? '1 change' : `${changes.length} changes`} (${parts.join(', ')})`
}

function showChange({ kind, where, what, why, usedBy, site }: Change, { cwd }: Shown, colours: Colours) {
  const place = site === undefined ? [] : [`${showFile(site.file, cwd)}:${site.line}:${site.column}`]
  const uses = usedBy === undefined ? [] : [`used by ${listUses(usedBy)}`]
  return [
    `  ${colours.cyan(where === '' ? 'the API' : where)} ${colours.dim(kind)}`,
    `    ${what} ${why}`,
    ...[...place, ...uses].map((line) => `    ${colours.dim(line)}`),
  ].join('\n')
}

function listUses(uses: readonly string[]): string {
  const more = uses.length - maxUses
  return `${uses.slice(0, maxUses).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

function paint(name: ChangeClass, text: string, { red, cyan, green }: Colours): string {
  return name === 'wire-breaking' ? red(text) : name === 'source-breaking' ? cyan(text) : green(text)
}
