import { useEffect, useMemo, useState } from 'react'
import type { Call, CallError, CallOptions, Outcome } from '../types.js'

/** What became of the latest request of a component. */
export type RequestState<Output, Errors extends object = object> =
  | { readonly state: 'idle' }
  | { readonly state: 'pending' }
  | { readonly state: 'done'; readonly output: Output }
  /** By its `code` an error is one that the request declares, with its data, or one of Wirepact's own. */
  | { readonly state: 'failed'; readonly error: CallError<Errors> }

/** Asks, in place of what was asked before: that is aborted. Never rejects. The same function in every render. */
export interface Ask<Input, Output, Errors extends object = object> {
  (input: Input, options?: CallOptions): Promise<Outcome<Output, Errors>>
  /** Aborts what is pending, and makes the state idle. */
  reset(): void
}

const idle = { state: 'idle' } as const
const pending = { state: 'pending' } as const

/**
 * A request with where it stands: `const [renaming, rename] = useRequest(chat.rename)`. The latest one counts. It is
 * aborted when the component is gone, or asks of another connection.
 */
export function useRequest<Input, Output, Errors extends object = object>(
  call: Call<Input, Output, Errors>,
): readonly [state: RequestState<Output, Errors>, ask: Ask<Input, Output, Errors>] {
  const [held, setHeld] = useState<Held<Input, Output, Errors>>({ call, state: idle })
  const latest = useMemo(() => new Latest(call, (state) => setHeld({ call, state })), [call])
  useEffect(() => () => latest.abort(), [latest])
  return [held.call === call ? held.state : idle, latest.ask]
}

/** A state, and of what: one of another connection says nothing about this one. */
interface Held<Input, Output, Errors extends object> {
  readonly call: Call<Input, Output, Errors>
  readonly state: RequestState<Output, Errors>
}

/** Of all that is asked, follows what was asked last. */
class Latest<Input, Output, Errors extends object> {
  readonly ask: Ask<Input, Output, Errors>
  readonly #call: Call<Input, Output, Errors>
  readonly #show: (state: RequestState<Output, Errors>) => void
  #asking: AbortController | undefined

  constructor(call: Call<Input, Output, Errors>, show: (state: RequestState<Output, Errors>) => void) {
    this.#call = call
    this.#show = show
    const ask = (input: Input, options?: CallOptions) => this.#ask(input, options)
    this.ask = Object.assign(ask, { reset: () => this.#reset() })
  }

  /** What is pending has no meaning any more. */
  abort(): void {
    if (!this.#asking) return
    this.#asking.abort()
    this.#asking = undefined
    this.#show(idle)
  }

  #reset(): void {
    this.abort()
    this.#show(idle)
  }

  async #ask(input: Input, options: CallOptions = {}): Promise<Outcome<Output, Errors>> {
    this.#asking?.abort()
    const asking = new AbortController()
    this.#asking = asking
    this.#show(pending)
    const signal = options.signal ? AbortSignal.any([options.signal, asking.signal]) : asking.signal
    const outcome = await this.#call.safe(input, { ...options, signal })
    if (this.#asking === asking) {
      this.#asking = undefined
      this.#show(
        outcome.ok ? { state: 'done', output: outcome.output } : { state: 'failed', error: outcome.error },
      )
    }
    return outcome
  }
}
