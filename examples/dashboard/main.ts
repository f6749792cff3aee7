import { createDashboardServer } from './server.js'

const { server, record } = createDashboardServer()
const { port } = await server.listen({ port: Number(process.env.PORT || 8000) })

const sampling = setInterval(() => {
  record('heap', process.memoryUsage().heapUsed)
  record('connections', server.connections)
}, 250)

const stop = () => {
  clearInterval(sampling)
  void server.close()
}
process.once('SIGINT', stop).once('SIGTERM', stop)
console.log(`ready on ${port}`)
