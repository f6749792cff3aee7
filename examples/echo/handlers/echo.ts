import type { EchoHandlers } from '../generated/echo/server.js'

const maxLength = 10_000

/** Questions and answers. What does not fit the schema never comes as far as here. */
export const echo: EchoHandlers = {
  connect(ctx) {
    log('connected', ctx)
  },

  disconnect(ctx, { code }) {
    log(`disconnected with ${code}`, ctx)
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

function log(what: string, { id, request }: { id: string; request: { remote: { address: string } } }): void {
  console.info(`${id} from ${request.remote.address} ${what}`)
}
