import type { Finding } from '../diagnose/diagnostic.js'
import type { Part, PartKind } from '../model/model.js'
import type { Rule } from './rule.js'

const required: Readonly<Partial<Record<PartKind, readonly string[]>>> = {
  api: ['title', 'version'],
  router: ['routes'],
  route: ['path'],
  channel: ['name', 'messages'],
  stream: ['item'],
}

/** MISSING_OPTION: what a part cannot do without. */
export const requiredOption: Rule = ({ model }) => model.parts.flatMap(missing)

function missing(part: Part): readonly Finding[] {
  const due = (required[part.kind] ?? []).filter((option) => part.options[option] === undefined)
  return due.map((option) => ({
    code: 'MISSING_OPTION',
    message: `${subject(part)} needs ${option}.`,
    path: part.path,
  }))
}

function subject(part: Part): string {
  if (part.kind === 'api') return 'The API'
  return /^\d*$/.test(part.name) ? `This ${part.kind}` : `The ${part.kind} "${part.name}"`
}
