import type { EchoHandlers } from '../generated/echo/server.js'

const maxLength = 10_000

/**
 * Questions and answers. What does not fit the schema never comes as far as here. Every line that `ctx.log` writes
 * has the connection and the route in it.
 */
export const echo: EchoHandlers = {
  connect(ctx) {
    ctx.log.info({ from: ctx.request.remote.address }, 'Connected.')
  },

  disconnect(ctx, { code }) {
    ctx.log.info({ code }, 'Disconnected.')
  },

  json(_ctx, input) {
    return input
  },

  bytes(_ctx, input) {
    return input
  },

  /** A refusal that the caller can tell apart is thrown: it is part of the schema, with its data. */
  repeat(ctx, { word, times }) {
    if (word.length * times > maxLength) throw ctx.errors.TOO_LONG({ maxLength })
    return word.repeat(times)
  },

  /** Everything else that is thrown is logged, with its cause; the caller learns no more than `INTERNAL`. */
  fail() {
    throw new Error('This is a mistake in the code.')
  },
}
