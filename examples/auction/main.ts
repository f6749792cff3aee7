import { createAuction } from './server.js'

const auction = createAuction()
const { port } = await auction.server.listen({ port: Number(process.env.PORT || 8000) })
auction.open('vase', { title: 'A vase', startsAt: 1000, step: 100, closesAt: Date.now() + 3_600_000 })

const stop = () => void auction.close()
process.once('SIGINT', stop).once('SIGTERM', stop)
console.log(`ready on ${port}`)
