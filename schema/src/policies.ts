/**
 * Who may use a part: `required` stands for everybody to whom the server's code has granted anything
 * (`ctx.grant()`), a list for those to whom it has granted every one of these scopes. All others are refused with
 * `UNAUTHENTICATED` or `FORBIDDEN` before a handler runs.
 */
export type Auth = 'required' | readonly string[]

/** How often one connection may send a message. What is beyond it is refused with `RATE_LIMITED`. */
export interface RateLimit {
  /** How many a second, over time; above 0, fractions are possible. */
  readonly perSecond: number
  /** How many at once; a whole number from 1 on. */
  readonly burst: number
}

/**
 * What happens to a message for a connection that does not keep up: `close` ends the connection, `drop` leaves the
 * message out, `latest` replaces one of the same kind (and the same `key`) that is still waiting.
 */
export type Backpressure = 'close' | 'drop' | 'latest'

/** What every message can say beside its payloads. */
export interface MessageOptions {
  /** Values that fit what the message carries (`data`, or `input`), for documents. Each is checked. */
  readonly examples?: readonly unknown[]
  /** Who may send it, of the messages that clients send. Default: everybody who is connected. */
  readonly auth?: Auth
}

/** What a message that waits for an answer can say. */
export interface QuestionOptions extends MessageOptions {
  /** Only in `clientToServer`. Default: no limit of its own. */
  readonly rateLimit?: RateLimit
}
