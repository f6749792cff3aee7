import { generatorVersion } from '../version.js'
import { isVersioned } from '../write/fingerprint.js'
import { main } from './main.js'
import type { World } from './world.js'

/** Runs the command that this process was started for. The only place that knows of the process. */
export async function runProcess(): Promise<void> {
  const world = createWorld()
  try {
    process.exitCode = await main(process.argv.slice(2), world)
  } catch (thrown) {
    world.complain(`wirepact failed: ${describeFailure(thrown)}\n`)
    process.exitCode = 1
  }
}

/** What the system refused is said in a line; anything else is a fault of the generator, and keeps its stack. */
function describeFailure(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return 'syscall' in thrown ? thrown.message : (thrown.stack ?? thrown.message)
}

function createWorld(): World {
  return {
    cwd: process.cwd(),
    version: generatorVersion(),
    colour: process.stderr.isTTY === true && process.stdout.isTTY === true && !process.env.NO_COLOR,
    mayReuse: isVersioned(),
    print: (text) => void process.stdout.write(text),
    complain: (text) => void process.stderr.write(text),
    nowMs: () => performance.now(),
    loadEmitter: async () => (await import('../emit/index.js')).emitApi,
  }
}
