import { type Debugger, Session } from 'node:inspector'
import { workerData } from 'node:worker_threads'
import type { CallSite } from '@wirepact/schema'
import type { LoopQuestion } from './watch-loop.js'

/** What runs on the thread of `watchLoop`: it sleeps until the other thread is done or its time is over. */
const { state, states, maxMs, port } = workerData as LoopQuestion
if (Atomics.wait(state, 0, states.running, maxMs) === 'timed-out') interrupt()

/** Stops the main thread where it is, says where that is, and throws away what runs there. */
function interrupt(): void {
  const session = new Session()
  const files = new Map<string, string>()
  session.connectToMainThread()
  // Calls are answered by the other thread: nothing else keeps this one until then.
  const alive = setInterval(() => undefined, 1_000)
  session.on('Debugger.scriptParsed', ({ params }) => void files.set(params.scriptId, params.url))
  session.on('Debugger.paused', ({ params }) => {
    // What was done a moment before is none of a loop's: it may be the generator itself that stands still.
    const isLate = Atomics.compareExchange(state, 0, states.running, states.caught) === states.running
    if (isLate) port.postMessage(params.callFrames.map((frame) => toPlace(frame, files)))
    session.post('Debugger.resume', { terminateOnResume: isLate }, () => {
      // A thread that is still throwing away what it ran may fall over a debugger that goes.
      if (isLate) Atomics.wait(state, 0, states.caught, maxMs)
      clearInterval(alive)
      session.disconnect()
    })
  })
  session.post('Debugger.enable')
  session.post('Debugger.pause')
}

function toPlace({ location, url }: Debugger.CallFrame, files: ReadonlyMap<string, string>): CallSite {
  const { scriptId, lineNumber, columnNumber = 0 } = location
  return { file: files.get(scriptId) ?? url, line: lineNumber + 1, column: columnNumber + 1 }
}
