import { WirepactError } from '@wirepact/protocol'
import type { Next } from '../middleware/middleware.js'

/** Steps around something: each is given what goes on. */
export interface Chain<Step> {
  readonly steps: readonly Step[]
  /** Calls one step. */
  call(step: Step, next: Next): unknown
  /** What they are around. */
  end(): unknown
  /** What it comes to when a step does not go on; may throw. */
  stop(): unknown
}

/**
 * Runs the steps from the outermost on. The result is that of the end, whatever the steps return, so that a step
 * which goes on cannot turn a failure into a success. As long as each goes on at once, so does the handler.
 */
export async function runChain<Step>(chain: Chain<Step>, index = 0): Promise<unknown> {
  const step = chain.steps[index]
  if (step === undefined) return chain.end()
  const turn = new Turn(() => runChain(chain, index + 1))
  try {
    await chain.call(step, turn.next)
  } finally {
    turn.over = true
  }
  return turn.result === undefined ? chain.stop() : turn.result
}

/** One step's turn to go on. */
class Turn {
  result: Promise<unknown> | undefined
  over = false
  readonly #run: () => Promise<unknown>

  constructor(run: () => Promise<unknown>) {
    this.#run = run
  }

  readonly next: Next = () => {
    if (this.result !== undefined) throw new Error('A middleware has called next twice.')
    if (this.over) throw new Error('A middleware has called next after it had returned.')
    this.result = this.#run()
    // A step that throws instead of waiting leaves it behind; its failure is then that of the step.
    this.result.catch(() => undefined)
    return this.result
  }
}

/** The error of what a middleware did not let pass. */
export function stopped(): never {
  throw new WirepactError('REFUSED', 'The server did not let this pass.')
}
