import type { ViewerHandlers } from '../generated/viewer/server.js'
import type { Shows } from '../shows.js'

export function createViewer(shows: Shows): ViewerHandlers {
  return {
    /** Counted first: whatever happens from here on, `disconnect` follows, once. */
    async connect(ctx) {
      shows.enter(ctx.params.showId)
      await ctx.channels.picture().join()
      await ctx.channels.chat().join({ presence: { name: ctx.query.name } })
    },

    disconnect(ctx) {
      shows.leave(ctx.params.showId)
    },

    async say(ctx, { text }) {
      await ctx.channels.chat().publish('said', { from: ctx.query.name, text })
    },
  }
}
