import { createServer } from './generated/server.js'
import { echo } from './handlers/echo.js'

const server = createServer({ echo })
const { port } = await server.listen({ port: Number(process.env.PORT ?? 8000) })
console.log(`ready on ${port}`)

process.once('SIGINT', () => void server.close())
process.once('SIGTERM', () => void server.close())
