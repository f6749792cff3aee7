import { performance } from 'node:perf_hooks'
import type { Core } from '../core/core.js'
import { EventLoopLag } from './event-loop-lag.js'

/** How a server is. */
export interface Health {
  /** `closing` from the beginning of a drain on; `failing` while the engine does not answer. */
  readonly status: 'ok' | 'failing' | 'closing'
  /** Whether clients should be sent here. */
  readonly isReady: boolean
  /** Whether the engine answers, and how long that took, in milliseconds. */
  readonly engine: { readonly isReachable: boolean; readonly latencyMs: number }
  /** The largest delay of the event loop in the last five to ten seconds, in milliseconds. */
  readonly eventLoopLagMs: number
  readonly connections: number
}

export interface HealthOptions {
  /** How long the engine may take to answer. Default 1,000. */
  readonly engineTimeoutMs?: number
  /** The delay of the event loop from which on the server is not ready. Default none. */
  readonly maxLagMs?: number
}

type EngineHealth = Health['engine']

/** Finds out how a server is. It asks the engine once, however many want to know at the same time. */
export class HealthCheck {
  readonly #core: Core
  readonly #lag = new EventLoopLag()
  #asking: Promise<EngineHealth> | undefined

  constructor(core: Core) {
    this.#core = core
    this.#lag.read()
  }

  async read({ engineTimeoutMs = 1000, maxLagMs = Infinity }: HealthOptions = {}): Promise<Health> {
    const engine = await this.#askEngine(engineTimeoutMs)
    const eventLoopLagMs = this.#lag.read()
    const { isClosing, size } = this.#core
    const status = isClosing ? 'closing' : engine.isReachable ? 'ok' : 'failing'
    const isReady = status === 'ok' && eventLoopLagMs <= maxLagMs
    return { status, isReady, engine, eventLoopLagMs, connections: size }
  }

  stop(): void {
    this.#lag.stop()
  }

  #askEngine(timeoutMs: number): Promise<EngineHealth> {
    this.#asking ??= this.#ask(timeoutMs).finally(() => {
      this.#asking = undefined
    })
    return this.#asking
  }

  async #ask(timeoutMs: number): Promise<EngineHealth> {
    const startedAt = performance.now()
    const isReachable = await this.#isReachable(timeoutMs)
    return { isReachable, latencyMs: Math.round(performance.now() - startedAt) }
  }

  /** An engine that does not answer is not waited for. */
  #isReachable(timeoutMs: number): Promise<boolean> {
    const { clock } = this.#core.environment
    return new Promise((resolve) => {
      const timer = clock.startTimer(() => resolve(false), timeoutMs)
      this.#core
        .askEngine()
        .then(
          () => resolve(true),
          () => resolve(false),
        )
        .finally(() => clock.stopTimer(timer))
    })
  }
}
