import { buildSchema } from 'graphql'
import { useServer } from 'graphql-ws/use/ws'
import { WebSocketServer } from 'ws'
import { toReceipt } from '../lib/payloads.mjs'
import { serve } from '../lib/serve.mjs'

const schema = buildSchema(`
  enum Side { buy sell }
  input Order { symbol: String!, side: Side!, quantity: Int!, price: Float!, note: String }
  type Receipt { id: Int!, symbol: String!, total: Float! }
  type Query { orders: Int! }
  type Mutation { order(input: Order!): Receipt! }
`)

let orders = 0
const roots = { mutation: { order: ({ input }) => toReceipt(input, ++orders) } }
const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/graphql' })
useServer({ schema, roots }, wss)
wss.on('listening', () => serve({ port: wss.address().port, publish: () => undefined }))
