import { writeFileSync } from 'node:fs'
import { readArguments } from './lib/arguments.mjs'
import { toChart } from './lib/chart.mjs'
import { heading, toConclusion, toLine, toResult } from './lib/report.mjs'
import { efforts, rows } from './lib/rows.mjs'
import { measureValidators } from './workloads/validators.mjs'

const { quick, json, chart, isChosen } = readArguments(process.argv.slice(2))
const isJudged = !quick
const effort = efforts[quick ? 'quick' : 'full']
const print = json ? () => undefined : console.log
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
    const result = skipped === undefined ? toResult(row, { figures, isJudged }) : { ...row, skipped }
    results.push(result)
    print(skipped === undefined ? toLine(result) : `${row.name}: not compared, ${skipped}`)
  }
}

const run = { node: process.version, isJudged, results }
if (chart !== undefined) writeFileSync(chart, toChart(run))
const { text, exitCode } = toConclusion(run)
console.log(json ? JSON.stringify(run, null, 2) : `\n${text}`)
process.exitCode = exitCode

/** A peer that does not run here, as uWebSockets.js where its native part does not load, costs its own rows alone. */
async function measure(row) {
  try {
    return toResult(row, { figures: await row.measure(effort), isJudged })
  } catch ({ message: failed }) {
    const { name, group, unit, atMost, atLeast } = row
    return { name, group, unit, atMost, atLeast, failed }
  }
}
