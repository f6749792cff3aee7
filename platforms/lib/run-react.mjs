import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runNode } from '../../scripts/lib/task.mjs'
import { readReport } from '../../scripts/lib/test-report.mjs'
import { inWorkspace, tools } from '../../scripts/lib/workspace.mjs'

/** Runs the tests of the hooks, in Chromium and on a server, with the React of this folder instead of their own. */
export async function runReact() {
  const folder = await mkdtemp(join(tmpdir(), 'wirepact-react-'))
  const report = join(folder, 'report.json')
  const config = inWorkspace('platforms/react-18.config.ts')
  try {
    const { output } = await runNode(
      tools.vitest,
      ['run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      { env: { ...process.env, REACT_FOLDER: inWorkspace('platforms/node_modules') } },
    )
    return [await checkTypes(), ...toResults(await readReport(report), output)]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The app that the tests draw, with the types of React 18. */
async function checkTypes() {
  const { code, output } = await runNode(tools.tsc, ['-p', inWorkspace('platforms/react-18.tsconfig.json')])
  return { name: 'the generated hooks fit the types', ...(code !== 0 && { failure: output }) }
}

function toResults({ passed, failed, skipped }, output) {
  return [
    ...Array.from({ length: passed }, () => ({ name: 'a test of the hooks' })),
    ...skipped.map((name) => ({ name, skipped: 'left out by the tests' })),
    ...(failed > 0 || passed === 0
      ? [{ name: 'the tests of the hooks', failure: output.slice(-6_000) }]
      : []),
  ]
}
