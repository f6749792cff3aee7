import { existsSync } from 'node:fs'
import { inWorkspace } from '../../scripts/lib/workspace.mjs'
import { runProcess } from './run-process.mjs'
import { runReact } from './run-react.mjs'
import { runWorker } from './run-worker.mjs'
import { findProgram, versionOf } from './runtimes.mjs'

const own = 'its own WebSocket'
const node = [20, 22, 24, 26].map((major) => `node-${major}`)

/** Node 20 has a WebSocket behind a flag alone. `ws` reads its environment, which Deno has to be told. */
const options = {
  'node-20': ['--experimental-websocket', '--no-warnings'],
  bun: ['run', '--no-install'],
  deno: ['run', '--no-prompt', '--allow-net'],
  'deno, ws': ['run', '--no-prompt', '--allow-net', '--allow-env', '--allow-sys'],
}

/**
 * Everything that can be tried. `name` selects it, `how` tells it from others of the name, `run` answers with results;
 * `missing` says why it cannot be run.
 */
export const tries = [
  ...[...node, 'bun', 'deno'].flatMap((name) => [asProgram(name, false), asProgram(name, true)]),
  asWorker('2022-10-31'),
  asWorker(),
  { name: 'react-18', how: 'in Chromium, and on a server', missing: reactMissing(), run: () => runReact() },
]

function asProgram(name, withWs) {
  const found = findProgram(name)
  const given = (withWs && options[`${name}, ws`]) || options[name] || []
  const how = withWs ? 'ws' : name === 'node-20' ? `${own} (${given[0]})` : own
  const run = (place) => runProcess({ ...place, command: [found.program, ...given], withWs })
  return { name, how, ...found, run }
}

/** Behaves as on that date: the first that has all that the client needs, or the newest that this workerd knows. */
function asWorker(date) {
  const found = findProgram('workerd')
  const asOf = date ?? (found.program && versionOf(found.program))
  return {
    name: 'workerd',
    how: `compatibility date ${asOf ?? 'of today'}`,
    ...found,
    run: (place) => runWorker({ ...place, program: found.program, date: asOf }),
  }
}

function reactMissing() {
  return existsSync(inWorkspace('platforms/node_modules/react-dom')) ? undefined : 'it was not installed'
}
