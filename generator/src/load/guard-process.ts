import type { CallSite } from '@wirepact/schema'
import type { LoopWatch } from './watch-loop.js'

/** What became of code that might have ended this process. */
export type Guarded<Value> =
  | { readonly kind: 'done'; readonly value: Value }
  | { readonly kind: 'threw'; readonly thrown: unknown }
  /** It asked for the end of the process; `request` knows where. */
  | { readonly kind: 'exited'; readonly request: Error }
  /** It waits, and nothing is left that could happen. */
  | { readonly kind: 'stuck' }
  /** Its time is over; `calls` are those that were interrupted, innermost first. */
  | { readonly kind: 'late'; readonly maxMs: number; readonly calls: readonly CallSite[] }

/** How long to wait, and what to look for meanwhile, from the start on. */
export interface Patience {
  readonly maxMs: number
  readonly watch: () => LoopWatch
}

type Failed = Exclude<Guarded<never>, { kind: 'done' }>

/**
 * Runs code of the user's in this process. What it throws where nobody waits for it, its `process.exit` and a wait
 * without an end become its outcome: each of them would end the process, some without a word, or keep it for ever.
 */
export function guardProcess<Value>(work: () => Promise<Value>, patience: Patience): Promise<Guarded<Value>> {
  const guarded = turn.then(() => guard(work, patience))
  turn = guarded.catch(() => undefined)
  return guarded
}

/** There is one process: who comes while another's code is run waits, so that each leaves behind what it found. */
let turn: Promise<unknown> = Promise.resolve()

async function guard<Value>(work: () => Promise<Value>, patience: Patience): Promise<Guarded<Value>> {
  const { promise, resolve } = withResolver<Failed>()
  const stopWatching = watchProcess(resolve, patience)
  const guarded = await Promise.race([promise, finish(work)])
  // What fails once may throw again, which must not come before the report of the first.
  if (guarded.kind !== 'done') ignoreThrown()
  stopWatching()
  return guarded
}

function ignoreThrown(): void {
  if (!process.listeners('uncaughtException').includes(ignore)) process.on('uncaughtException', ignore)
}

const ignore = () => undefined

/** Rejections that nobody handles are known a turn of the loop later. */
async function finish<Value>(work: () => Promise<Value>): Promise<Guarded<Value>> {
  try {
    const value = await work()
    await new Promise((resolve) => setImmediate(resolve))
    return { kind: 'done', value }
  } catch (thrown) {
    return { kind: 'threw', thrown }
  }
}

function watchProcess(fail: (failed: Failed) => void, patience: Patience): () => void {
  const { exit } = process
  const { maxMs } = patience
  const watch = patience.watch()
  const onLate = () => fail({ kind: 'late', maxMs, calls: watch.caught() ?? [] })
  // Where nothing else keeps the process, nothing is left to wait for.
  const timer = setTimeout(onLate, maxMs).unref()
  const onThrown = (thrown: unknown) => fail({ kind: 'threw', thrown })
  // Settling from a turn of the loop keeps the process alive until somebody has heard of it.
  const onEmpty = () =>
    void setImmediate(() => {
      const calls = watch.caught()
      fail(calls === undefined ? { kind: 'stuck' } : { kind: 'late', maxMs, calls })
    })
  process.exit = refuse
  process.on('uncaughtException', onThrown)
  process.on('beforeExit', onEmpty)
  return () => {
    clearTimeout(timer)
    watch.stop()
    process.exit = exit
    process.off('uncaughtException', onThrown)
    process.off('beforeExit', onEmpty)
  }

  function refuse(code: number | string | null = process.exitCode ?? 0): never {
    const request = new Error(`process.exit(${code})`)
    Error.captureStackTrace(request, refuse)
    fail({ kind: 'exited', request })
    throw request
  }
}

function withResolver<Value>() {
  let resolve: (value: Value) => void = () => undefined
  const promise = new Promise<Value>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
