import { afterEach, describe, expect, test } from 'vitest'
import { startHall, stopHalls } from './hall.js'

afterEach(stopHalls)

const hall = { hallId: 'a' }

/** Writes down what comes from the quotes, with gaps. */
function listen(connection: Awaited<ReturnType<ReturnType<typeof startHall>['open']>>): string[] {
  const heard: string[] = []
  const quotes = connection.channels.quotes()
  quotes.on('quote', ({ symbol, price }, { replayed }) =>
    heard.push(`${symbol}${price}${replayed ? ' kept' : ''}`),
  )
  quotes.onGap(({ reason }) => heard.push(`gap ${reason}`))
  return heard
}

describe('a channel that keeps the newest values', () => {
  test('sends whoever joins the newest of each key, and nothing older', async () => {
    const { clock, open, channels } = startHall()
    await open('early')
    const quotes = channels.quotes(hall)
    for (const [symbol, price] of [
      ['X', 1],
      ['Y', 1],
      ['X', 2],
    ] as const)
      await quotes.publish('quote', { symbol, price })
    const heard = listen(await open('ada'))
    await clock.settle()
    await quotes.publish('quote', { symbol: 'Y', price: 2 })
    await clock.settle()
    expect(heard).toEqual(['Y1 kept', 'X2 kept', 'Y2'])
  })

  test('sends whoever comes back what has changed since, without a gap for what was replaced', async () => {
    const { clock, network, open, channels } = startHall()
    const quotes = channels.quotes(hall)
    const heard = listen(await open('ada'))
    await clock.settle()
    for (const symbol of ['X', 'Y']) await quotes.publish('quote', { symbol, price: 1 })
    await clock.settle()
    network.cut()
    for (let price = 2; price <= 2000; price++) await quotes.publish('quote', { symbol: 'X', price })
    await clock.advance(1_000)
    await quotes.publish('quote', { symbol: 'Y', price: 2 })
    await clock.settle()
    expect(heard).toEqual(['X1', 'Y1', 'X2000 kept', 'Y2'])
  })

  test('says so when what it kept is lost, and sends what it has now', async () => {
    const { clock, network, open, channels } = startHall()
    const quotes = channels.quotes(hall)
    const heard = listen(await open('ada'))
    await clock.settle()
    await quotes.publish('quote', { symbol: 'X', price: 1 })
    await clock.settle()
    network.cut()
    await quotes.clear()
    await quotes.publish('quote', { symbol: 'Y', price: 1 })
    await clock.advance(1_000)
    expect(heard).toEqual(['X1', 'gap epoch-changed', 'Y1 kept'])
  })

  test('keeps so many keys and no more, without calling that a gap', async () => {
    const { clock, network, open, channels } = startHall()
    const quotes = channels.quotes(hall)
    const heard = listen(await open('ada'))
    await clock.settle()
    network.cut()
    for (const symbol of ['A', 'B', 'C', 'D']) await quotes.publish('quote', { symbol, price: 1 })
    await clock.advance(1_000)
    expect(heard).toEqual(['B1 kept', 'C1 kept', 'D1 kept'])
  })

  test('keeps the newest of each message where there is no key, and a snapshot has its position', async () => {
    const { open, channels } = startHall()
    await open('early')
    const state = channels.state(hall)
    await state.publish('phase', 'warm-up')
    await state.publish('score', 1)
    const { position } = await state.publish('phase', 'game')
    const page = await state.history()
    expect(page.publications.map(({ name, data }) => [name, data])).toEqual([
      ['score', 1],
      ['phase', 'game'],
    ])
    expect(page.position).toEqual(position)
    expect(page.more).toBe(false)
  })

  test('keeps what everybody may see, and hands on what is for some or not to be kept', async () => {
    const { clock, open, channels } = startHall()
    const ada = await open('ada')
    const heard = listen(ada)
    const halts: unknown[] = []
    ada.channels.quotes().on('halted', (_, { offset }) => halts.push(offset))
    await clock.settle()
    const id = ada.status.state === 'open' ? ada.status.connection : ''
    const quotes = channels.quotes(hall)
    const secret = await quotes.publish('quote', { symbol: 'X', price: 9 }, { to: [id] })
    const shown = await quotes.publish('quote', { symbol: 'X', price: 1 }, { except: [id] })
    await quotes.publish('halted', null)
    await clock.settle()
    expect([secret.position, shown.position?.[1]]).toEqual([undefined, 1])
    expect(heard).toEqual(['X9'])
    expect(halts).toEqual([null])
    expect((await quotes.history()).publications.map(({ data }) => data)).toEqual([{ symbol: 'X', price: 1 }])
  })

  test('asks once for a value that is missing, whoever joins meanwhile', async () => {
    const asked: string[] = []
    const { clock, open, channels, errors } = startHall({
      channels: {
        quotes: {
          async missing(channel, { hallId }) {
            asked.push(`${channel.name} ${hallId}`)
            await new Promise((resolve) => clock.startTimer(() => resolve(null), 100))
            await channel.publish('quote', { symbol: 'X', price: 1 })
          },
        },
        state: {
          missing() {
            throw new Error('nobody knows')
          },
        },
      },
    })
    const [ada, bob] = [listen(await open('ada')), listen(await open('bob'))]
    await clock.advance(100)
    expect([asked, ada, bob]).toEqual([['quotes/a a'], ['X1'], ['X1']])
    const cid = await open('cid')
    const late = listen(cid)
    cid.channels.state().on('score', () => undefined)
    await clock.settle()
    expect([asked.length, late]).toEqual([1, ['X1 kept']])
    expect(errors).toMatchObject([
      { err: { message: 'nobody knows' }, channel: 'state/a', handler: 'missing' },
    ])
    await channels.quotes(hall).clear()
    await clock.settle()
    expect(asked).toHaveLength(2)
  })
})

describe('a subscription with the position of a snapshot', () => {
  test('goes on from there', async () => {
    const { clock, open, channels } = startHall()
    await open('early')
    const state = channels.state(hall)
    await state.publish('score', 1)
    const { position } = await state.history()
    await state.publish('score', 2)
    await state.publish('phase', 'end')
    const ada = await open('ada')
    const heard: unknown[] = []
    const joined = ada.channels.state().subscribe({ since: position })
    ada.channels.state().on('score', (score) => heard.push(score))
    ada.channels.state().on('phase', (phase) => heard.push(phase))
    ada.channels.state().onGap((gap) => heard.push(gap.reason))
    await clock.settle()
    await joined
    expect(heard).toEqual([2, 'end'])
  })

  test('is told of a gap when the snapshot is too old', async () => {
    const { clock, open, channels } = startHall()
    const ada = await open('ada')
    const gaps: unknown[] = []
    const state = ada.channels.state()
    state.onGap(({ reason, from }) => gaps.push([reason, from]))
    const joined = state.subscribe({ since: ['another', 7] })
    await channels.state(hall).publish('score', 2)
    await clock.settle()
    await joined
    expect(gaps).toEqual([['epoch-changed', ['another', 7]]])
  })
})
