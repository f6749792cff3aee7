import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { describeInBrowser, launchBrowser } from '../e2e/browser.js'
import { createClient } from './react/api/generated/client.js'
import type { HallPage } from './react/hall-page.js'
import { bundlePage, HallSite, wantedReact } from './react/hall-site.js'

declare const page: HallPage

describeInBrowser('React in Chromium', () => {
  let bundle = ''
  let browser: Browser
  let site: HallSite
  let tab: Page
  const complaints: string[] = []

  beforeAll(async () => {
    bundle = await bundlePage()
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    complaints.length = 0
    site = new HallSite(bundle)
    await site.start()
    tab = await browser.newPage()
    tab.on('pageerror', (error) => complaints.push(String(error)))
    tab.on('console', (message) => {
      const isOfReact = !message.text().includes('WebSocket connection')
      if (isOfReact && ['error', 'warning'].includes(message.type())) complaints.push(message.text())
    })
  })
  afterEach(async () => {
    await tab.close()
    await site.stop()
    expect(complaints).toEqual([])
  })

  const show = (names: string[], graceMs?: number) =>
    tab.evaluate(([shown, ms]) => page.show(shown, ms), [names, graceMs] as const)
  const open = async (names: string[]) => {
    await tab.goto(site.url)
    await show(names)
  }
  const text = (name: string) => tab.locator(`#${name}`).textContent()
  const drawn = (name: string) => tab.locator(`#${name}`).getAttribute('data-drawn')
  const values = async () => (await tab.locator('#values li').allTextContents()).map(Number)
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
  const until = (look: () => Promise<unknown> | unknown, due: unknown) =>
    vi.waitFor(async () => expect(await look()).toEqual(due), { timeout: 10_000, interval: 10 })
  const sockets = () => ({ ...site.seen })

  it('is drawn by the React that is to be tried', async () => {
    await open([])
    expect((await tab.evaluate(() => page.version)).split('-')[0]).toBe(wantedReact())
  })

  it('makes one connection for all components with equal arguments, in StrictMode too', async () => {
    await open(['status', 'floor', 'people', 'rename'])
    await until(() => text('status'), 'open')
    await until(() => text('live'), 'true')
    await site.count(1, 3)
    await until(values, [1, 2, 3])
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
  })

  it('keeps a connection for those who are back at once, and lets go of it when nobody is', async () => {
    await open(['status'])
    await until(() => text('status'), 'open')
    await show([], 60_000)
    await show(['status', 'floor'], 100)
    await until(() => text('live'), 'true')
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
    await show([])
    await until(sockets, { connected: 1, gone: 1 })
    await show(['status'])
    await until(() => text('status'), 'open')
    expect(sockets()).toEqual({ connected: 2, gone: 1 })
    await tab.evaluate(() => page.unmount())
    await until(sockets, { connected: 2, gone: 2 })
  })

  it('keeps a connection for good where that is what it is told', async () => {
    await open([])
    await show(['status'], Number.POSITIVE_INFINITY)
    await until(() => text('status'), 'open')
    await show([], Number.POSITIVE_INFINITY)
    await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)))
    await show(['status'])
    expect(await text('status')).toBe('open')
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
  })

  it('lists what was said while the connection was away, once and in order', async () => {
    await open(['status', 'floor', 'newest', 'last'])
    await until(() => text('live'), 'true')
    await site.count(1, 5)
    await until(values, upTo(5))
    site.cut()
    await site.count(6, 40)
    await until(values, upTo(40))
    await site.count(41, 45)
    await until(values, upTo(45))
    expect(await text('gap')).toBe('none')
    expect(await text('newest')).toBe('[[43,44,45],42,"counted"]')
    expect(await text('last')).toBe('45')
    expect(sockets().connected).toBe(2)
  })

  it('says where messages are missing that cannot be had', async () => {
    await open(['floor'])
    await until(() => text('live'), 'true')
    await site.count(1, 5)
    await until(values, upTo(5))
    await tab.context().setOffline(true)
    site.cut()
    await until(() => text('live'), 'false')
    await site.count(6, 300)
    await tab.context().setOffline(false)
    await until(() => text('gap'), 'trimmed before 5')
    await until(() => text('live'), 'true')
    await site.count(301, 302)
    await until(async () => (await values()).slice(-2), [301, 302])
  })

  it('goes on when a connection was closed by hand and is opened again', async () => {
    await open(['switch', 'floor'])
    await until(() => text('live'), 'true')
    await site.count(1, 2)
    await until(values, [1, 2])
    await tab.locator('#close').click()
    await until(() => text('live'), 'false')
    await site.count(3, 4)
    await tab.locator('#connect').click()
    await until(values, [1, 2, 3, 4])
    await site.count(5, 5)
    await until(values, [1, 2, 3, 4, 5])
    expect(await text('gap')).toBe('none')
  })

  it('makes another connection for other arguments, and lets go of the one before', async () => {
    await open(['guest'])
    await until(() => text('guest'), 'eve: open, 1')
    await tab.locator('#mallory').click()
    await until(() => text('guest'), 'mallory: open, 1')
    expect(site.guests.map(({ query }) => query.name)).toEqual(['eve', 'mallory'])
    await until(sockets, { connected: 2, gone: 1 })
  })

  it('never shows two numbers of one list, when messages pour in during transitions', async () => {
    await tab.goto(site.url)
    await tab.evaluate(() => page.pour())
    await until(sockets, { connected: 1, gone: 0 })
    const pouring = new AbortController()
    const poured = pour(pouring.signal)
    await until(() => tab.evaluate(() => page.looks() > 24), true)
    pouring.abort()
    expect(await poured).toBeGreaterThan(100)
    expect(await tab.evaluate(() => page.torn)).toEqual([])
    await until(async () => [await counted('left'), await counted('right')], [await poured, await poured])
  })

  const counted = async (name: string) => {
    const texts = await tab.locator(`#${name}`).allTextContents()
    return Number(texts[0])
  }

  /** Publishes until stopped; how often. */
  const pour = async (signal: AbortSignal): Promise<number> => {
    let value = 0
    for (; !signal.aborted; value++) {
      await site.count(value, value)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    return value
  }

  it('shows who is there, and draws nobody again who has not changed', async () => {
    await open(['status', 'people', 'overview'])
    const people = () => tab.locator('#people li').allTextContents()
    await until(people, ['ada'])
    const others = createClient(site.url)
    others.hall({ params: { hallId: 'main' }, query: { name: 'grace' } })
    await until(people, ['ada', 'grace'])
    const grace = tab.locator('#people li').filter({ hasText: 'grace' })
    const before = await grace.getAttribute('data-drawn')
    others.hall({ params: { hallId: 'main' }, query: { name: 'alan' } })
    await until(people, ['ada', 'grace', 'alan'])
    await until(() => text('overview'), '0 3 3 joined')
    // The list that comes with the next connection says of the others what was known already.
    site.cut(1)
    await until(people, ['grace', 'alan', 'ada'])
    expect(await grace.getAttribute('data-drawn')).toBe(before)
    others.close()
    await until(people, ['ada'])
  })

  it('draws nothing again when nothing has changed', async () => {
    await open(['last', 'overview', 'floor'])
    await until(() => text('live'), 'true')
    await site.count(1, 1)
    await until(() => text('last'), '1')
    const before = [await drawn('last'), await drawn('overview')]
    await site.floor.publish('noted', { text: 'for others' })
    await until(() => text('overview'), '2 1 1 joined')
    expect(await drawn('last')).toBe(before[0])
    expect(Number(await drawn('overview'))).toBeGreaterThan(Number(before[1]))
  })

  it('follows a request: answered, declared errors typed, the latest counts, what nobody sees is aborted', async () => {
    await open(['rename', 'status'])
    await until(() => text('status'), 'open')
    const click = (name: string) => tab.locator(`#rename-${name}`).click()
    const settled = () => tab.evaluate(() => page.settled)
    expect(await text('rename')).toBe('idle')
    await click('quick')
    await until(() => text('rename'), 'now quick')
    await click('taken')
    await until(() => text('rename'), 'taken, try ada2')
    await click('slow')
    await until(() => text('rename'), 'pending')
    await click('quick')
    await until(() => text('rename'), 'now quick')
    await click('slow')
    await click('reset')
    await until(() => text('rename'), 'idle')
    await click('slow')
    await show(['status'])
    await until(settled, [
      'quick ok',
      'taken NAME_TAKEN',
      'slow ABORTED',
      'quick ok',
      'slow ABORTED',
      'slow ABORTED',
    ])
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
  })

  it('calls back for events with the function of the last render, once each', async () => {
    await open(['greetings', 'clock', 'status'])
    await until(() => text('status'), 'open')
    site.guests[0]?.client.greeted({ name: 'a' })
    await until(() => text('greetings'), 'a')
    site.guests[0]?.client.greeted({ name: 'b' })
    await until(() => text('greetings'), 'a, b')
  })

  it('subscribes to a channel while a component shows it, and leaves with the last one', async () => {
    await open(['status', 'news', 'seats', 'seat-status'])
    await until(() => text('news'), 'joined: ')
    await until(() => text('seats'), 'joined: 7')
    await site.news('sport').publish('headline', { text: 'goal' })
    await until(() => text('news'), 'joined: goal')
    await show(['status', 'weather', 'seat-status'])
    await until(() => text('news'), 'joined: ')
    await until(() => text('seat-status'), 'idle')
    const seats = site.server.routes.hall.channels.seats({ hallId: 'main' })
    await until(() => seats.count(), 0)
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
  })

  it('takes over what a server has drawn without a complaint, and lists nothing twice', async () => {
    await site.count(1, 8)
    await site.news('sport').publish('headline', { text: 'one' })
    await site.draw()
    await site.count(9, 10)
    for (const text of ['two', 'three']) await site.news('sport').publish('headline', { text })
    await tab.goto(site.url)
    expect(await values()).toEqual(upTo(8))
    expect(await text('status')).toBe('idle')
    await tab.locator('#values').evaluate((list) => Object.assign(list, { isOfServer: true }))
    await tab.evaluate(() => page.hydrate())
    await until(() => text('live'), 'true')
    await until(values, upTo(10))
    await until(() => text('drawn-news'), 'all: one, two, three')
    await site.count(11, 12)
    await until(values, upTo(12))
    expect(await text('gap')).toBe('none')
    expect(await tab.locator('#values').evaluate((list) => 'isOfServer' in list)).toBe(true)
    expect(await tab.evaluate(() => page.recovered)).toEqual([])
    expect(sockets()).toEqual({ connected: 1, gone: 0 })
  })

  it('knows of no gap when what a server has drawn goes on over another connection', async () => {
    await site.count(1, 4)
    await site.draw()
    await tab.goto(site.url)
    await tab.evaluate(() => page.hydrate())
    await until(() => text('live'), 'true')
    await site.count(5, 6)
    await until(values, upTo(6))
    site.cut()
    await site.count(7, 8)
    await until(values, upTo(8))
    expect(await text('gap')).toBe('none')
    expect(sockets().connected).toBe(2)
  })

  it('says what is missing between what a server has drawn and what still comes', async () => {
    await site.count(1, 8)
    await site.draw()
    await site.count(9, 60)
    await tab.goto(site.url)
    await tab.evaluate(() => page.hydrate())
    await until(() => text('gap'), 'too-many before 8')
    await until(async () => (await values()).slice(6, 10), [7, 8, 41, 42])
  })

  it('reads the past for a list that begins late, when that is asked for', async () => {
    for (const text of ['one', 'two', 'three']) await site.news('sport').publish('headline', { text })
    await open(['status', 'old-news'])
    await until(() => text('old-news'), 'one, two, three')
    await site.news('sport').publish('headline', { text: 'four' })
    await until(() => text('old-news'), 'one, two, three, four')
  })
})
