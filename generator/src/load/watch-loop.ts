import {
  isMainThread,
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from 'node:worker_threads'
import type { CallSite } from '@wirepact/schema'

/** What a thread that watches another one has to know. */
export interface LoopQuestion {
  readonly state: Int32Array
  readonly states: typeof states
  readonly maxMs: number
  /** Where the calls go that were interrupted, innermost first. */
  readonly port: MessagePort
}

/** A look at code that may never give its thread back. */
export interface LoopWatch {
  /** The calls that were interrupted, innermost first; undefined when nothing had to be. */
  readonly caught: () => readonly CallSite[] | undefined
  readonly stop: () => void
}

const states = { running: 0, caught: 1, stopped: 2 } as const

const unwatched: LoopWatch = { caught: () => undefined, stop: () => undefined }

/**
 * Interrupts what this thread runs when it is not done in time. A timer cannot: it waits for its turn, which a loop
 * never gives. A module that has no loops and imports nothing but the builders is spared the thread, which would
 * make every start slower.
 */
export function watchLoop(code: string, maxMs: number): LoopWatch {
  if (!isMainThread || !mayLoop(code)) return unwatched
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const { port1, port2 } = new MessageChannel()
  const workerData: LoopQuestion = { state, states, maxMs, port: port2 }
  const options = { workerData, transferList: [port2], execArgv: [] }
  const worker = new Worker(new URL('./loop-thread.js', import.meta.url), options)
  // Without the thread a loop is what it was before: endless, and nothing else is lost.
  worker.on('error', () => undefined)
  worker.unref()
  return {
    caught: () => receiveMessageOnPort(port1)?.message as readonly CallSite[] | undefined,
    stop: () => {
      Atomics.store(state, 0, states.stopped)
      Atomics.notify(state, 0)
      port1.close()
    },
  }
}

const loop = /\b(?:for|while)\s*(?:await\s*)?\(|\bdo\s*\{|\bimport\(/
const imported = /^(?:import|export)\b[^;]*?["']([^"']+)["'];?$/gm
const known = /^(?:wirepact|@wirepact\/schema|typebox)(?:\/|$)|^node:/

function mayLoop(code: string): boolean {
  return loop.test(code) || [...code.matchAll(imported)].some(([, name = '']) => !known.test(name))
}
