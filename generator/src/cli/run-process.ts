import { generatorVersion } from '../version.js'
import { isVersioned } from '../write/fingerprint.js'
import { main } from './main.js'
import type { World } from './world.js'

/** Runs the command that this process was started for. The only place that knows of the process. */
export async function runProcess(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), createWorld())
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
