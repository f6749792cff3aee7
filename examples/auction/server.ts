import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { createLotHandlers } from './handlers/lot.js'
import { Lot, type LotOptions } from './lot.js'

export interface Auction {
  readonly server: Server
  /** Puts a lot up until its closing time. */
  open(lotId: string, options: LotOptions): void
  close(): Promise<void>
}

export function createAuction(options: ServerOptions = {}, now: () => number = Date.now): Auction {
  const lots = new Map<string, Lot>()
  const closing = new Set<NodeJS.Timeout>()
  const server = createServer({ lot: createLotHandlers(lots, now) }, options)

  /** A bid is judged by the time, and not by this: a timer that fires late lets nobody in. */
  const announce = (lotId: string, lot: Lot) =>
    void server.routes.lot.channels.bidding({ lotId }).publish('closed', { winner: lot.highest })

  return {
    server,
    open(lotId, lotOptions) {
      const lot = new Lot(lotOptions)
      lots.set(lotId, lot)
      closing.add(setTimeout(() => announce(lotId, lot), lot.closesAt - now()))
    },
    close() {
      for (const timer of closing) clearTimeout(timer)
      return server.close()
    },
  }
}
