import { spawn } from 'node:child_process'

const endsByItself = 'the program ends by itself when its clients are closed'
const takesEntry = 'the entry with the headers and `ws` is the one that is found'

/** Runs the scenario as a program of a runtime; answers with a result for each step. */
export async function runProcess({ command, folder, addresses, withWs }) {
  const [program, ...options] = command
  const args = [...options, 'scenario.mjs', JSON.stringify(addresses), ...(withWs ? ['ws'] : [])]
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  const told = new Promise((resolve) => {
    for (const stream of ['stdout', 'stderr'])
      child[stream].setEncoding('utf8').on('data', (text) => {
        said[stream] += text
        if (said.stdout.includes('"results"') && said.stdout.endsWith('\n')) resolve()
      })
    child.on('error', (error) => {
      said.stderr += error.message
      resolve()
    })
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const isTold = await within(Promise.race([told, ended]), 120_000)
  const isEnded = isTold && (await within(ended, 10_000))
  if (!isEnded) child.kill('SIGKILL')
  return toResults(said, { isEnded, code: child.exitCode })
}

function toResults({ stdout, stderr }, { isEnded, code }) {
  const line = stdout.trim().split('\n').at(-1) ?? ''
  if (!line.includes('"results"')) {
    return [{ name: 'the scenario runs', failure: `Exit code ${code}: ${stdout}${stderr}`.slice(0, 4_000) }]
  }
  const { entry, results } = JSON.parse(line)
  return [
    ...results,
    { name: takesEntry, ...(!entry.endsWith('/dist/node.js') && { failure: entry }) },
    {
      name: endsByItself,
      ...((!isEnded || code !== 0) && {
        failure: isEnded ? `Exit code ${code}: ${stderr}` : 'It did not end.',
      }),
    },
  ]
}

/** Whether a promise was settled in time. */
async function within(promise, ms) {
  let timer
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, ms, false)
  })
  const inTime = await Promise.race([promise.then(() => true), late])
  clearTimeout(timer)
  return inTime
}
