/** A timer that was started by a {@link Clock}. Opaque: only the clock that made it can stop it. */
export type Timer = unknown

/**
 * Where time comes from. Neither the runtime core nor the client core reads a clock by itself, so that the
 * same code runs on real time in the product and on virtual time in a simulation.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /** Calls `run` once after `delayMs` milliseconds, unless the timer is stopped first. */
  startTimer(run: () => void, delayMs: number): Timer
  /** Stops a timer; one that has run or was stopped already is left alone. */
  stopTimer(timer: Timer): void
}

/** Where chance comes from. */
export interface Random {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  next(): number
  /** A string of at least 128 random bits, URL-safe, fit to be an identifier that cannot be guessed. */
  id(): string
}

/** A value, or the promise of one: what is synchronous stays so. */
export type MaybePromise<T> = T | Promise<T>
