import { readFileSync } from 'node:fs'
import { inWorkspace } from '../../scripts/lib/workspace.mjs'
import { versionOf } from './runtimes.mjs'

const labels = { bun: 'Bun', deno: 'Deno', workerd: 'workerd', react: 'React', node: 'Node' }

/** One line of the table. */
export function toLine(tried) {
  const { how, missing, results } = tried
  const passed = results.filter(({ failure, skipped }) => failure === undefined && skipped === undefined)
  const skipped = results.filter(({ skipped }) => skipped !== undefined)
  const leftOut = skipped.length > 0 ? `, ${skipped.length} left out` : ''
  const verdict = missing ? 'not run' : `${passed.length} of ${results.length} passed${leftOut}`
  return `${toTitle(tried).padEnd(20)} ${how.padEnd(46)} ${verdict}`
}

/** Prints what has failed, was left out and was not run; answers whether that is good enough. */
export function report(done, { isChosen }) {
  const failed = done.flatMap((tried) => problemsOf(tried, 'failure'))
  for (const text of failed) console.log(`\nfailed: ${text}`)
  console.log('')
  for (const text of done.flatMap((tried) => problemsOf(tried, 'skipped'))) console.log(`left out: ${text}`)
  const missing = done.filter(({ missing }) => missing !== undefined)
  for (const tried of missing) console.log(`not run: ${tried.name}, ${tried.how}: ${tried.missing}`)
  const isEnough = missing.length === 0 || (!isChosen && missing.length < done.length)
  const isGood = failed.length === 0 && isEnough
  console.log(isGood ? 'What was run has passed.' : 'Not everything has passed.')
  return isGood
}

/** What was not as it ought to be, with the reason. */
function problemsOf(tried, kind) {
  return tried.results
    .filter((result) => result[kind] !== undefined)
    .map((result) => `${toTitle(tried)}, ${tried.how}: ${result.name}\n${indent(result[kind])}`)
}

/** The name with the version that was run. */
function toTitle({ name, program }) {
  const [kind] = name.split('-')
  const version = kind === 'react' ? reactVersion() : program && versionOf(program)
  return version ? `${labels[kind]} ${version}` : name
}

function reactVersion() {
  try {
    return JSON.parse(readFileSync(inWorkspace('platforms/node_modules/react/package.json'), 'utf8')).version
  } catch {
    return undefined
  }
}

function indent(text) {
  return text.replaceAll(/^/gm, '    ')
}
