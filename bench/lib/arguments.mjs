import { parseArgs } from 'node:util'
import { rows } from './rows.mjs'

const groups = [...new Set(rows.map(({ group }) => group)), 'validators']
const options = { json: { type: 'boolean' }, quick: { type: 'boolean' }, chart: { type: 'string' } }

/**
 * What is asked for. For what there is not, the process ends with a sentence and exit code 2. Needs nothing that is
 * installed, so that it can be asked before anything is.
 */
export function readArguments(args) {
  const { values, positionals } = parse(args)
  const unknown = positionals.find((name) => !groups.includes(name))
  if (unknown !== undefined) refuse(`There is no workload "${unknown}": ${groups.join(', ')}.`)
  const { quick = false, json = false, chart } = values
  return { quick, json, chart, isChosen: (group) => positionals.length === 0 || positionals.includes(group) }
}

function parse(args) {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    return refuse(`${error.message}\nnpm run bench [-- NAME ...] [--quick] [--json] [--chart FILE]`)
  }
}

/** A missed target is 1; what cannot be run at all is 2. */
function refuse(message) {
  console.error(message)
  process.exit(2)
}
