import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { describeInBrowser, launchBrowser } from '../e2e/browser.js'
import { createClient } from './react/api/generated/client.js'
import type { HallPage } from './react/hall-page.js'
import { bundlePage, HallSite } from './react/hall-site.js'

declare const page: HallPage

describeInBrowser('React, of channels whose members are only counted', () => {
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
  })
  afterEach(async () => {
    await tab.close()
    await site.stop()
    expect(complaints).toEqual([])
  })

  const show = (names: string[]) => tab.evaluate((shown) => page.show(shown, 0), names)
  const text = (name: string) => tab.locator(`#${name}`).textContent()
  const until = (look: () => Promise<unknown> | unknown, due: unknown) =>
    vi.waitFor(async () => expect(await look()).toEqual(due), { timeout: 10_000, interval: 10 })

  it('shows how many are in it as they come, go and come back, whoever makes them members', async () => {
    const others = createClient(site.url)
    const bob = others.hall({ params: { hallId: 'main' }, query: { name: 'bob' } })
    await tab.goto(site.url)
    await show(['crowd', 'gate'])
    await until(() => text('gate'), 'joined: 2')
    await until(() => text('crowd'), 'joined: 1 0')
    for (const _time of ['once', 'again']) {
      await bob.channels.crowd().subscribe()
      await until(() => text('crowd'), 'joined: 2 0')
      await bob.channels.crowd().unsubscribe()
      await until(() => text('crowd'), 'joined: 1 0')
    }
    site.cut(2)
    await until(() => site.seen.connected, 4)
    await until(() => Promise.all([text('crowd'), text('gate')]), ['joined: 1 0', 'joined: 2'])
    others.close()
    await until(() => text('gate'), 'joined: 1')
  })

  it('is left with the last component that shows it, and joined again', async () => {
    await tab.goto(site.url)
    await show(['status', 'crowd', 'crowd-size'])
    await until(() => text('crowd-size'), '1')
    await show(['status', 'crowd-size'])
    await until(() => text('crowd-size'), '0')
    expect(await site.crowd.count()).toBe(0)
    await show(['status', 'crowd', 'crowd-size'])
    await until(() => text('crowd-size'), '1')
    await site.crowd.publish('cheered', { text: 'hooray' })
    await until(() => text('cheers'), 'all: hooray')
  })

  it('goes on from where a server has drawn what was said', async () => {
    for (const text of ['one', 'two']) await site.crowd.publish('cheered', { text })
    await site.draw()
    for (const text of ['three', 'four']) await site.crowd.publish('cheered', { text })
    await tab.goto(site.url)
    expect(await text('cheers')).toBe('all: one, two')
    await tab.evaluate(() => page.hydrate())
    await until(() => text('crowd'), 'joined: 1 0')
    await until(() => text('cheers'), 'all: one, two, three, four')
    expect(await tab.evaluate(() => page.recovered)).toEqual([])
  })
})
