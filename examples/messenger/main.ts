import { createMessenger } from './server.js'

const server = createMessenger()
const { port } = await server.listen({ port: Number(process.env.PORT || 8000) })

const stop = () => void server.close()
process.once('SIGINT', stop).once('SIGTERM', stop)
console.log(`ready on ${port}`)
