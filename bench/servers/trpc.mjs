import { initTRPC } from '@trpc/server'
import { applyWSSHandler } from '@trpc/server/adapters/ws'
import { WebSocketServer } from 'ws'
import { z } from 'zod'
import { toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

let orders = 0
const trpc = initTRPC.create()
const Order = z.object({
  symbol: z.string().min(1).max(16),
  side: z.enum(['buy', 'sell']),
  quantity: z.number().int().min(1).max(1_000_000),
  price: z.number().min(0),
  note: z.string().max(200).optional(),
})
const router = trpc.router({
  order: trpc.procedure.input(Order).mutation(({ input }) => toReceipt(input, ++orders)),
})
const wss = new WebSocketServer({ port: 0, host: '127.0.0.1' })
applyWSSHandler({ wss, router, createContext: () => ({}) })
wss.on('listening', () => serve({ port: wss.address().port, publish: () => undefined }))
