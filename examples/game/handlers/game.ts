import type { Field } from '../field.js'
import type { GameHandlers } from '../generated/game/server.js'

/** `fields` has the field of an id, a new one where there is none. */
export function createGame(fields: { get(fieldId: string): Field }): GameHandlers {
  return {
    async connect(ctx) {
      await ctx.channels.field().join()
      fields.get(ctx.params.fieldId).enter(ctx.id, ctx.query.name)
    },

    /** Also when the connection broke: nobody stays on a field as a ghost. */
    disconnect(ctx) {
      fields.get(ctx.params.fieldId).leave(ctx.id)
    },

    steer(ctx, direction) {
      fields.get(ctx.params.fieldId).steer(ctx.id, direction)
    },
  }
}
