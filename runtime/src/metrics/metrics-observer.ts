import { closeCodes } from '@wirepact/protocol'
import type {
  ObservedChannel,
  ObservedConnection,
  ObservedFailure,
  ObservedMessage,
  ObservedPublication,
  ObservedStart,
  Observer,
  Span,
} from '../core/observer.js'
import type { Disconnect } from '../types.js'
import type { Instruments } from './instruments.js'
import { toCloseLabel, toMessageLabel, toOutcomeLabel } from './labels.js'

/** Counts what a server does. It knows metrics; it does not know who reads them. */
export class MetricsObserver implements Observer {
  readonly #instruments: Instruments

  constructor(instruments: Instruments) {
    this.#instruments = instruments
  }

  accepted({ route }: ObservedConnection): void {
    this.#instruments.opened.inc({ route })
    this.#instruments.connections.inc({ route })
  }

  closed({ route }: ObservedConnection, { code }: Disconnect): void {
    this.#instruments.connections.dec({ route })
    this.#instruments.closed.inc({ route, code: toCloseLabel(code) })
    if (code === closeCodes.SLOW_CONSUMER) this.#instruments.slow.inc({ route })
  }

  refused({ code }: { readonly code: string }): void {
    this.#instruments.refused.inc({ code })
  }

  received({ connection: { route }, name }: ObservedMessage): void {
    this.#instruments.received.inc({ route, message: name })
  }

  sent({ connection: { route }, name }: ObservedMessage): void {
    this.#instruments.sent.inc({ route, message: name })
  }

  handling({ connection: { route }, name }: ObservedMessage): Span {
    const { running, handled } = this.#instruments
    running.inc({ route })
    const stop = handled.startTimer({ route, message: name })
    const ended = () => {
      stop()
      running.dec({ route })
    }
    return { ended }
  }

  failed({ connection: { route }, name, code, isBad }: ObservedFailure): void {
    const labels = { route, message: toMessageLabel(name), code }
    if (isBad) this.#instruments.invalid.inc(labels)
    else this.#instruments.errors.inc(labels)
  }

  dropped({ route }: ObservedConnection, policy: string): void {
    this.#instruments.dropped.inc({ route, policy })
  }

  publishing({ channel, name }: ObservedPublication): Span {
    const count = () => this.#instruments.publications.inc({ channel: channel.template, message: name })
    return { ended: (error) => void (error === undefined && count()) }
  }

  delivered({ channel, name }: ObservedPublication, members: number): void {
    this.#instruments.deliveries.inc({ channel: channel.template, message: name }, members)
  }

  started({ template }: ObservedChannel, start: ObservedStart): void {
    this.#instruments.starts.inc({ channel: template, outcome: toOutcomeLabel(start) })
  }

  asking(method: string): Span {
    const { engine, engineErrors } = this.#instruments
    const stop = engine.startTimer({ method })
    return {
      ended: (error) => {
        stop()
        if (error !== undefined) engineErrors.inc({ method })
      },
    }
  }
}
