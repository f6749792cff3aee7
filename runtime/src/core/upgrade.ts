import type { UpgradeContext } from '../middleware/middleware.js'
import type { Grant, RequestDetails } from '../types.js'
import type { Presentation } from './admission.js'
import { type Granting, readGrant, requireGrant } from './granting.js'
import { runStage } from './stages.js'

/** Headers that the handshake itself answers with. */
const reserved = /^(connection|upgrade|content-length|transfer-encoding|sec-websocket-.*)$/i

type UpgradeOptions = { readonly maxUserLength: number; readonly since: number }

/** A connection that is asked for: what middleware may know of it and say about it. */
export class Upgrade implements UpgradeContext {
  readonly state: Record<string, unknown>
  /** What was granted last. */
  granted: Grant | undefined
  /** By name in lower case. */
  readonly responseHeaders = new Map<string, readonly string[]>()
  /** When it began, as revocations count moments. */
  readonly since: number
  readonly #presentation: Presentation
  readonly #maxUserLength: number
  #isAbandoned = false
  #abandoned: AbortController | undefined

  constructor(presentation: Presentation, options: UpgradeOptions) {
    this.#presentation = presentation
    this.state = presentation.route.createState()
    this.#maxUserLength = options.maxUserLength
    this.since = options.since
  }

  get route(): string {
    return this.#presentation.route.name
  }

  get request(): RequestDetails {
    return this.#presentation.request
  }

  get subprotocol(): string | undefined {
    return this.#presentation.subprotocol
  }

  get params(): Readonly<Record<string, unknown>> {
    return this.#presentation.params
  }

  get query(): Readonly<Record<string, unknown>> {
    return this.#presentation.query
  }

  get headers(): Readonly<Record<string, unknown>> {
    return this.#presentation.headers
  }

  get cookies(): Readonly<Record<string, unknown>> {
    return this.#presentation.cookies
  }

  /** Made on first use. */
  get signal(): AbortSignal {
    this.#abandoned ??= new AbortController()
    if (this.#isAbandoned) this.#abandoned.abort()
    return this.#abandoned.signal
  }

  /** Nobody waits for what the middleware says any more. */
  abandon(): void {
    this.#isAbandoned = true
    this.#abandoned?.abort()
  }

  grant(...given: Granting): void {
    const grant = readGrant(given)
    requireGrant(grant, this.#maxUserLength)
    this.granted = grant
  }

  setHeader(name: string, value: string | readonly string[]): void {
    const values = typeof value === 'string' ? [value] : value
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || !values.every(isFieldValue))
      throw new TypeError(`This is no header that can be written: ${JSON.stringify(name)}.`)
    if (reserved.test(name)) throw new TypeError(`The handshake itself writes the header ${name}.`)
    this.responseHeaders.set(name.toLowerCase(), values)
  }

  /** Asks the middleware of the route. Rejects with what refuses. */
  async decide(): Promise<void> {
    const { upgrade: steps } = this.#presentation.route.stages
    await runStage({ steps, call: (step, next) => step(this, next), end: () => undefined })
  }
}

/** Visible characters, spaces and tabs (RFC 9110, section 5.5). */
function isFieldValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value)
}
