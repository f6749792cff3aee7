import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { toChart } from './lib/chart.mjs'
import { heading, toLine, toResult } from './lib/report.mjs'
import { efforts, rows } from './lib/rows.mjs'
import { measureValidators } from './workloads/validators.mjs'

const { values, positionals } = readArguments()
const groups = [...new Set(rows.map(({ group }) => group)), 'validators']
const unknown = positionals.find((name) => !groups.includes(name))
if (unknown !== undefined) refuse(`There is no workload "${unknown}": ${groups.join(', ')}.`)

const effort = efforts[values.quick ? 'quick' : 'full']
const isChosen = (group) => positionals.length === 0 || positionals.includes(group)
const print = values.json ? () => undefined : console.log
const results = []

print(heading)
for (const row of rows.filter(({ group }) => isChosen(group))) {
  const result = await measure(row)
  results.push(result)
  print(result.failed === undefined ? toLine(result) : `${row.name}: not measured, ${result.failed}`)
}
if (isChosen('validators')) {
  for (const { name, skipped, ...figures } of await measureValidators(effort.validators)) {
    const row = { group: 'validators', name: `check of ${name} : Ajv`, unit: 'a second', atLeast: 1 }
    const result = skipped === undefined ? toResult(row, figures) : { ...row, skipped }
    results.push(result)
    print(skipped === undefined ? toLine(result) : `${row.name}: not compared, ${skipped}`)
  }
}

const run = { node: process.version, results }
if (values.chart !== undefined) writeFileSync(values.chart, toChart(run))
const missed = results.filter(({ isMet, failed }) => isMet === false || failed !== undefined)
if (values.json) console.log(JSON.stringify(run, null, 2))
else
  print(
    missed.length === 0
      ? '\nEvery target is met.'
      : `\nMissed: ${missed.map(({ name }) => name).join('; ')}.`,
  )
process.exitCode = missed.length === 0 ? 0 : 1

/** A peer that does not run here, as uWebSockets.js where its native part does not load, costs its own rows alone. */
async function measure(row) {
  try {
    return toResult(row, await row.measure(effort))
  } catch ({ message: failed }) {
    const { name, group, unit, atMost, atLeast } = row
    return { name, group, unit, atMost, atLeast, failed }
  }
}

function readArguments() {
  const options = { json: { type: 'boolean' }, quick: { type: 'boolean' }, chart: { type: 'string' } }
  try {
    return parseArgs({ allowPositionals: true, options })
  } catch (error) {
    return refuse(`${error.message}\nnpm run bench [-- NAME ...] [--quick] [--json] [--chart FILE]`)
  }
}

/** A missed target is 1; what cannot be run at all is 2. */
function refuse(message) {
  console.error(message)
  process.exit(2)
}
