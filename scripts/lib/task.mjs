import { spawn } from 'node:child_process'
import { parseArgs } from 'node:util'
import { root } from './workspace.mjs'

/** Why a script ends early; its message is all that the person needs to see. */
export class TaskFailure extends Error {}

/** The arguments of a script, as `parseArgs` reads them; those that it does not know end it with the usage. */
export function readOptions(config, usage) {
  try {
    return parseArgs(config)
  } catch (error) {
    throw new TaskFailure(`${error.message}\n\n${usage}`)
  }
}

/** One short line about what is being done; where a program reads the output, it goes elsewhere. */
export function say(text) {
  const print = process.argv.includes('--json') ? console.error : console.log
  print(`• ${text}`)
}

/**
 * Runs a program to its end. A signal that reaches this process goes on to the program, so that nothing is
 * left behind. Resolves with the exit code and, unless `show` is set, everything that was printed.
 */
export function run(command, args, { show = false, cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', ...(show ? ['inherit', 'inherit'] : ['pipe', 'pipe'])],
    })
    const chunks = []
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(chunk))
    const letGo = forwardSignals(child)
    child.on('error', reject)
    child.on('close', (code, signal) => {
      letGo()
      if (signal !== null) process.exit(signal === 'SIGINT' ? 130 : 143)
      resolve({ code, output: Buffer.concat(chunks).toString().trim() })
    })
  })
}

/** Runs a JavaScript file with this Node. */
export function runNode(file, args, options) {
  return run(process.execPath, [file, ...args], options)
}

/** Runs a JavaScript file that has to succeed: otherwise its output is shown and the script ends. */
export async function needNode(file, args, { what, ...options }) {
  const { code, output } = await runNode(file, args, options)
  if (code !== 0) throw new TaskFailure(`${output}\n\n${what} failed (exit code ${code}).`)
}

/** Does something with each of them, two at a time, and answers with the results in their order. */
export async function inTwoLanes(items, work) {
  const results = []
  let next = 0
  const lane = async () => {
    while (next < items.length) {
      const index = next++
      results[index] = await work(items[index])
    }
  }
  await Promise.all([lane(), lane()])
  return results
}

/** Runs a script's main function and turns a failure into one message and exit code 1. */
export async function main(script) {
  endWithParent()
  try {
    await script()
  } catch (error) {
    console.error(error instanceof TaskFailure ? error.message : error)
    process.exitCode = 1
  }
}

function forwardSignals(child) {
  const forward = (signal) => child.kill(signal)
  const signals = ['SIGINT', 'SIGTERM']
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}

/**
 * npm runs a script through a shell, and a signal that npm is sent may end that shell alone. Then this process
 * has another parent, and ends as if the signal had reached it.
 */
function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  timer.unref()
}
