import type { LotContext, LotHandlers } from '../generated/lot/server.js'
import type { Lot } from '../lot.js'

/** `lots` by their ids. */
export function createLotHandlers(lots: ReadonlyMap<string, Lot>, now: () => number): LotHandlers {
  const find = (ctx: LotContext) => lots.get(ctx.params.lotId)
  return {
    async connect(ctx) {
      if (find(ctx) === undefined) return ctx.close(4604, 'There is no such lot.')
      await ctx.channels.bidding().join()
    },

    async bid(ctx, { amount }) {
      const lot = requireLot(find(ctx))
      const outcome = lot.bid(ctx.query.name, amount, now())
      if (outcome.kind === 'too-low') throw ctx.errors.TOO_LOW({ minimum: outcome.minimum })
      if (outcome.kind === 'closed') throw ctx.errors.CLOSED({ winner: outcome.winner })
      if (outcome.isNew) await ctx.channels.bidding().publish('raised', outcome.bid)
      return outcome.bid
    },

    look(ctx) {
      const { title, highest, closesAt } = requireLot(find(ctx))
      return { title, highest, closesAt }
    },
  }
}

function requireLot(lot: Lot | undefined): Lot {
  if (lot === undefined) throw new Error('Nobody stays connected to a lot that there is not.')
  return lot
}
