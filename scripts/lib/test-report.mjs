import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import { root } from './workspace.mjs'

/** What a run of vitest came to, from the file that its JSON reporter wrote; all zero when there is none. */
export async function readReport(file) {
  const suites = await readSuites(file)
  const tests = suites.flatMap((suite) => suite.assertionResults.map((test) => ({ ...test, suite })))
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed')
  return {
    passed: tests.filter((test) => test.status === 'passed').length,
    failed: tests.filter((test) => test.status === 'failed').length + suites.filter(isBroken).length,
    skipped: skipped.map(nameSkipped),
  }
}

/** The line that a run ends with. */
export function toSummary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`
}

async function readSuites(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).testResults
  } catch {
    return []
  }
}

/** A file that failed outside of its tests, such as at an import, counts as one failure. */
function isBroken(suite) {
  return suite.status === 'failed' && suite.assertionResults.every((test) => test.status !== 'failed')
}

function nameSkipped({ fullName, meta, status, suite }) {
  const reason =
    meta?.skipReason ?? (isBroken(suite) ? 'its file failed' : `marked as ${status} in the test file`)
  return `${relative(root, suite.name)}: ${fullName.trim()} (${reason})`
}
