import type { TypesWriter } from '../emit/types-writer.js'
import { generatorVersion } from '../version.js'
import { buildIdentity, isVersioned } from '../write/fingerprint.js'
import { mayPaint } from './colour.js'
import { describeFailure } from './failure.js'
import { main } from './main.js'
import { ProgressLine } from './progress-line.js'
import { TypesThread } from './types-thread.js'
import type { World } from './world.js'

/**
 * Runs the command that this process was started for, and ends it, whatever a schema file left running. The only
 * place that knows of the process.
 */
export async function runProcess(): Promise<void> {
  const world = createWorld()
  const stopWatching = watchForCodeLeftRunning(world)
  process.exitCode = await runMain(world)
  stopWatching()
  await Promise.all([flush(process.stdout), flush(process.stderr)])
  process.exit()
}

async function runMain(world: World): Promise<number> {
  try {
    return await main(process.argv.slice(2), world)
  } catch (thrown) {
    world.complain(`wirepact failed: ${describeFailure(thrown)}\n`)
    return 1
  }
}

/** What a file of the user's left running may throw, or end, after it was loaded. */
function watchForCodeLeftRunning(world: World): () => void {
  let reason = 'ended the process'
  const onExit = () => {
    process.exitCode = 1
    world.complain(`wirepact failed: what was loaded ${reason} before the work was done.\n`)
  }
  process.on('exit', onExit)
  process.on('uncaughtException', (thrown) => {
    // Whoever loads a file listens as well, and knows more.
    if (process.listenerCount('uncaughtException') > 1) return
    reason = `threw ${String(thrown)}`
    process.exit(1)
  })
  return () => void process.off('exit', onExit)
}

/** Settles when everything is written: what still waits for a pipe would be lost with the process. */
function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()))
}

function createWorld(): World {
  const { stdout, stderr, env } = process
  const types = new TypesThread()
  const line = new ProgressLine(stderr.isTTY === true ? (text) => void stderr.write(text) : undefined)
  return {
    cwd: process.cwd(),
    version: generatorVersion(),
    nodeVersion: process.versions.node,
    colour: mayPaint(env, stdout.isTTY === true && stderr.isTTY === true),
    mayReuse: isVersioned(),
    build: once(buildIdentity),
    print: (text) => {
      line.clear()
      stdout.write(text)
    },
    complain: (text) => {
      line.clear()
      stderr.write(text)
    },
    progress: (text) => line.show(text),
    nowMs: () => performance.now(),
    untilStopped,
    prepareEmitter: () => void types.start(),
    loadEmitter: async () => {
      const { emitChanged } = await import('../emit/index.js')
      const writeTypes: TypesWriter = (plan, folders) => types.write(plan, folders)
      return (api, previous, options) => emitChanged(api, previous, { ...options, writeTypes })
    },
  }
}

/** The code that runs is that which was there when it was asked for first, whatever is built meanwhile. */
function once(read: () => string): () => string {
  let value: string | undefined
  return () => {
    value ??= read()
    return value
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
