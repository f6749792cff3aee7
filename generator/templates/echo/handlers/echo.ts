import type { EchoHandlers } from '../generated/echo/server.js'

/** Whatever arrives here has been checked against the schema. */
export const echo: EchoHandlers = {
  echo(_ctx, { text }) {
    return { text, length: text.length }
  },

  async *letters(_ctx, { text }) {
    for (const letter of text) yield { letter }
  },

  shout(ctx, { text }) {
    ctx.client.shouted({ text: text.toUpperCase() })
  },
}
