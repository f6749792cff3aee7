import { afterEach, expect, test, vi } from 'vitest'
import { createClient, type LotConnection } from '../../examples/auction/generated/client.js'
import { createAuction } from '../../examples/auction/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

async function start(closesAt = Date.now() + 3_600_000) {
  let now = Date.now()
  const auction = noted(createAuction({}, () => now))
  const url = await serve(auction.server)
  auction.open('vase', { title: 'A vase', startsAt: 100, step: 10, closesAt })
  const cable = new Cable()
  const client = noted(createClient(url, cable.options))
  const open = async (name: string) => {
    const lot = client.lot({ params: { lotId: 'vase' }, query: { name } })
    await lot.ready()
    return lot
  }
  const setNow = (at: number) => {
    now = at
  }
  return { open, cable, client, setNow }
}

const watch = (lot: LotConnection) => {
  const raised: string[] = []
  lot.channels.bidding().on('raised', ({ bidder, amount }) => raised.push(`${bidder} ${amount}`))
  return raised
}

test('of many who bid the same at the same time one is first, and the others are told what to bid', async () => {
  const { open } = await start()
  const names = Array.from({ length: 20 }, (_, index) => `bidder ${index}`)
  const lots = await Promise.all(names.map(open))
  const raised = watch(lots[0] as LotConnection)
  const outcomes = await Promise.all(lots.map((lot) => lot.bid.safe({ amount: 100 })))
  const taken = outcomes.filter(({ ok }) => ok)
  expect(taken).toHaveLength(1)
  for (const { error } of outcomes.filter(({ ok }) => !ok))
    expect(error).toMatchObject({ code: 'TOO_LOW', data: { minimum: 110 } })
  await vi.waitFor(() => expect(raised).toEqual([`${taken[0]?.output?.bidder} 100`]))
})

test('everybody sees the bids in the order in which they were taken, also who was away', async () => {
  const { open, cable } = await start()
  const [ada, bob] = [await open('ada'), await open('bob')]
  const [seenByAda, seenByBob] = [watch(ada), watch(bob)]
  await ada.bid({ amount: 100 })
  cable.cut()
  await bob.bid({ amount: 110 })
  await ada.bid({ amount: 200 })
  const all = ['ada 100', 'bob 110', 'ada 200']
  await vi.waitFor(() => expect([seenByAda, seenByBob]).toEqual([all, all]))
})

test('a bid whose answer was lost with the connection is taken once', async () => {
  const { open, cable } = await start()
  const ada = await open('ada')
  const raised = watch(ada)
  // Nothing that comes is read: so the server has the bid, and the answer is lost.
  cable.hold()
  const bid = ada.bid({ amount: 100 })
  const bob = await open('bob')
  await vi.waitFor(async () => expect((await bob.look(undefined)).highest).toMatchObject({ amount: 100 }))
  cable.cut()
  expect(await bid).toMatchObject({ bidder: 'ada', amount: 100 })
  await vi.waitFor(() => expect(raised).toEqual(['ada 100']))
})

test('a bid at the closing time is late, however late the timer', async () => {
  const closesAt = Date.now() + 3_600_000
  const { open, setNow } = await start(closesAt)
  const ada = await open('ada')
  setNow(closesAt - 1)
  await ada.bid({ amount: 100 })
  setNow(closesAt)
  expect(await ada.bid.safe({ amount: 500 })).toMatchObject({
    error: { code: 'CLOSED', data: { winner: { bidder: 'ada', amount: 100 } } },
  })
})

test('everybody is told when it closes, and who comes later finds it in history', async () => {
  const { client } = await start(Date.now() + 300)
  const open = (name: string) => client.lot({ params: { lotId: 'vase' }, query: { name } })
  const hear = (lot: LotConnection) => {
    const winners: unknown[] = []
    lot.channels.bidding().on('closed', ({ winner }) => winners.push(winner?.bidder))
    return winners
  }
  const ada = open('ada')
  const winners = hear(ada)
  await ada.bid({ amount: 100 })
  await vi.waitFor(() => expect(winners).toEqual(['ada']))
  const late = hear(open('late'))
  await vi.waitFor(() => expect(late).toEqual(['ada']))
})

test('a lot that there is not is told from one that cannot be reached', async () => {
  const { client } = await start()
  const lot = client.lot({ params: { lotId: 'moon' }, query: { name: 'ada' } })
  const closed = vi.fn()
  lot.onStatus((status) => status.state === 'closed' && closed(status.cause.code))
  await expect(lot.ready()).rejects.toThrow()
  expect(closed).toHaveBeenCalledWith(4604)
})
