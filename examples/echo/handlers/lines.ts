import type { LinesHandlers } from '../generated/lines/server.js'

/** Text alone: what is sent is the message, and so is what comes back. */
export const lines: LinesHandlers = {
  line(ctx, text) {
    ctx.client.echo(text)
  },
}
