import type { CloseCause, Status } from '@wirepact/client'
import { byId } from './dom.js'

/** Says how the connection stands, and offers what can be done about it. */
export class ConnectionView {
  readonly #box = byId('connection', HTMLElement)
  readonly #text = byId('connection-text', HTMLElement)
  readonly #countdown = byId('connection-countdown', HTMLElement)
  readonly #action = byId('connection-action', HTMLButtonElement)
  #timer: number | undefined

  constructor(connect: () => void) {
    this.#action.addEventListener('click', connect)
  }

  show(status: Status): void {
    clearInterval(this.#timer)
    this.#box.dataset.state = status.state
    this.#text.textContent = describe(status)
    this.#countdown.textContent = ''
    this.#offer(status)
    if (status.state !== 'waiting') return
    const count = () => {
      this.#countdown.textContent = ` ${countDown(status.until)}`
    }
    count()
    this.#timer = setInterval(count, 250)
  }

  #offer({ state }: Status): void {
    this.#action.hidden = state !== 'waiting' && state !== 'closed'
    this.#action.textContent = state === 'waiting' ? 'Try now' : 'Connect again'
  }
}

function describe(status: Status): string {
  switch (status.state) {
    case 'idle':
      return 'Not connected'
    case 'connecting':
      return status.attempt > 0 ? 'Reconnecting…' : 'Connecting…'
    case 'open':
      return 'Connected'
    case 'waiting':
      return navigator.onLine ? 'Reconnecting' : 'You are offline'
    case 'closed':
      return `Disconnected: ${explain(status.cause)}`
  }
}

function countDown(until: number): string {
  const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1_000))
  return seconds === 0 ? 'now' : `in ${seconds} s`
}

function explain({ code, reason, error }: CloseCause): string {
  return reason || error?.message || `code ${code}`
}
