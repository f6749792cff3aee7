import { createGameServer } from './server.js'

const ticksPerSecond = 20

const { server, tick } = createGameServer()
const { port } = await server.listen({ port: Number(process.env.PORT || 8000) })
const ticking = setInterval(() => void tick(), 1000 / ticksPerSecond)

const stop = () => {
  clearInterval(ticking)
  void server.close()
}
process.once('SIGINT', stop).once('SIGTERM', stop)
console.log(`ready on ${port}`)
