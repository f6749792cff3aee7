import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { describeInBrowser, launchBrowser } from './browser.js'
import { ChatTab, type TabOptions } from './chat-tab.js'
import { ExampleServer, runCli } from './example-server.js'

describeInBrowser('the chat example in Chromium', () => {
  let browser: Browser
  let server: ExampleServer
  let tabs: ChatTab[] = []

  beforeAll(async () => {
    ;[browser, server] = await Promise.all([launchBrowser(), ExampleServer.create()])
  })

  afterEach(async () => {
    await Promise.all(tabs.map((tab) => tab.close()))
    tabs = []
  })

  afterAll(async () => {
    await browser?.close()
    await server?.remove()
  })

  async function open(options: Omit<TabOptions, 'url'>): Promise<ChatTab> {
    const tab = await ChatTab.open(browser, { url: server.url, ...options })
    tabs.push(tab)
    return tab
  }

  it('two tabs in one room exchange messages and see each other', async () => {
    const ada = await open({ room: 'pair', name: 'Ada' })
    const bob = await open({ room: 'pair', name: 'Bob' })
    await ada.person('Bob').waitFor()
    await bob.person('Ada').waitFor()

    await ada.say('Hello Bob')
    await bob.line('Hello Bob').waitFor()
    await bob.say('Hello Ada')
    await ada.line('Hello Ada').waitFor()

    expect(await ada.texts()).toEqual(['Hello Bob', 'Hello Ada'])
    expect(await bob.texts()).toEqual(['Hello Bob', 'Hello Ada'])
    await bob.close()
    await ada.person('Bob').waitFor({ state: 'detached' })
  })

  it('a reload shows the history, and one room does not hear another', async () => {
    const ada = await open({ room: 'history', name: 'Ada' })
    const other = await open({ room: 'elsewhere', name: 'Cleo' })
    await ada.say('first')
    await ada.say('second')
    await ada.line('second').waitFor()

    await ada.page.reload()
    await ada.line('second').waitFor()
    expect(await ada.texts()).toEqual(['first', 'second'])
    expect(await other.texts()).toEqual([])
  })

  it('after a crash of the server both tabs come back, miss nothing and show nothing twice', async () => {
    const ada = await open({ room: 'crash', name: 'Ada' })
    const bob = await open({ room: 'crash', name: 'Bob' })
    await ada.say('before')
    await bob.line('before').waitFor()

    // Neither tab may come back before the third client has spoken: their sockets are held off until then.
    await Promise.all([ada, bob].map((tab) => tab.page.context().setOffline(true)))
    await server.kill()
    await Promise.all([ada, bob].map((tab) => tab.connection('open').waitFor({ state: 'detached' })))
    await server.start()
    // More than a fresh member is sent, so that only a recovery from the last position can bring them all.
    const missed = Array.from({ length: 60 }, (_, index) => `meanwhile ${index + 1}`)
    await runCli(server.url, ['--room', 'crash', '--name', 'Cleo'], missed.join('\n'))
    expect(await ada.connection('open').count()).toBe(0)
    expect(await bob.connection('open').count()).toBe(0)
    await Promise.all([ada, bob].map((tab) => tab.page.context().setOffline(false)))

    await Promise.all([ada, bob].map((tab) => tab.connection('open').waitFor()))
    await ada.line('meanwhile 60').waitFor()
    await ada.say('after')
    await bob.line('after').waitFor()
    const all = ['before', ...missed, 'after']
    expect(await ada.texts()).toEqual(all)
    expect(await bob.texts()).toEqual(all)
    await ada.person('Bob').waitFor()
  })

  it('a name that was changed is kept after the server comes back', async () => {
    const ada = await open({ room: 'keep', name: 'Ada' })
    const bob = await open({ room: 'keep', name: 'Bob' })
    await rename(ada, 'Lovelace')
    await bob.person('Lovelace').waitFor()
    await server.kill()
    await server.start()
    await bob.connection('open').waitFor()
    await bob.person('Lovelace').waitFor()
  })

  it('lets nobody past the first question for a name, and writes on once there is one', async () => {
    const tab = await ChatTab.visit(browser, { url: server.url, room: 'esc' })
    tabs.push(tab)
    await tab.page.keyboard.press('Escape')
    await tab.page.keyboard.press('Escape')
    await tab.enter('Ada')
    await expect.poll(() => tab.page.evaluate(() => document.activeElement?.id)).toBe('message')
    await tab.page.keyboard.type('Hello')
    await tab.page.keyboard.press('Enter')
    await tab.line('Hello').waitFor()
  })

  it.each(['', '   ', ' Ada', 'A'.repeat(40), 'A\nB'])(
    'asks again instead of using %j as a name',
    async (stored) => {
      const tab = await ChatTab.visit(browser, {
        url: server.url,
        room: 'stored',
        stored: { 'chat.name': stored },
      })
      tabs.push(tab)
      await tab.enter('Ada')
      await tab.person('Ada').waitFor()
    },
  )

  it('tells me from somebody else with my name', async () => {
    const ada = await open({ room: 'twins', name: 'Ada' })
    const other = await open({ room: 'twins', name: 'Ada' })
    for (const tab of [ada, other]) {
      await tab.page.getByText('2 people here').waitFor()
      expect(await tab.page.locator('#people .note').allTextContents()).toEqual(['you', ''])
    }
    await other.close()
    await ada.page.getByText('Only you are here').waitFor()
  })

  it('tells the others who is typing, and not the one who types', async () => {
    const ada = await open({ room: 'typing', name: 'Ada' })
    const bob = await open({ room: 'typing', name: 'Bob' })
    await ada.page.getByLabel('Message', { exact: true }).pressSequentially('Hm')
    await bob.page.getByText('Ada is typing…').waitFor()
    expect(await ada.page.getByText('is typing…').count()).toBe(0)
    await ada.say('Hm')
    await bob.page.getByText('Ada is typing…').waitFor({ state: 'detached' })
  })

  it('refuses a name that somebody in the room has, and offers one that is free', async () => {
    const ada = await open({ room: 'names', name: 'Ada' })
    await open({ room: 'names', name: 'Bob' })
    await ada.person('Bob').waitFor()
    await rename(ada, 'bob')
    await ada.page.getByText('How about bob 2?').waitFor()
    await ada.page.getByRole('button', { name: 'Continue' }).click()
    await ada.person('bob 2').waitFor()
  })

  it('shows how the connection stands, and tries at once when asked', async () => {
    const ada = await open({ room: 'status', name: 'Ada' })
    await server.kill()
    await ada.connection('waiting').waitFor()
    await ada.page.getByRole('button', { name: 'Try now' }).waitFor()
    await server.start()
    const retry = ada.page.getByRole('button', { name: 'Try now' })
    if (await retry.isVisible()) await retry.click().catch(() => undefined)
    await ada.connection('open').waitFor()
    expect(await retry.isVisible()).toBe(false)
  })

  it('offers a line again that could not be sent', async () => {
    const ada = await open({ room: 'resend', name: 'Ada' })
    await ada.say('x'.repeat(2_000))
    await ada.line('xxx').waitFor()
    await server.kill()
    await ada.connection('open').waitFor({ state: 'detached' })
    await ada.say('kept')
    await server.start()
    await ada.line('kept').waitFor()
    expect((await ada.texts()).filter((text) => text === 'kept')).toHaveLength(1)
  })

  it('pages back through a long history, and marks what is new', async () => {
    const ada = await open({ room: 'long', name: 'Ada' })
    for (let number = 1; number <= 60; number++) await ada.say(`line ${number}`)
    await ada.line('line 60').waitFor()
    const bob = await open({ room: 'long', name: 'Bob' })
    await bob.line('line 60').waitFor()
    expect((await bob.texts())[0]).toBe('line 11')

    await bob.page.locator('#scroller').evaluate((scroller) => scroller.scrollTo(0, 0))
    await bob.page.getByRole('button', { name: 'Show older messages' }).click()
    await bob.line('line 10').waitFor()
    expect(await bob.texts()).toHaveLength(60)
    await ada.say('news')
    await bob.page.getByRole('button', { name: '1 new message' }).click()
    await bob.page.getByText('New messages', { exact: true }).waitFor()
    expect(await bob.line('news').count()).toBe(1)
  })

  it('works on a phone', async () => {
    const ada = await open({ room: 'phone', name: 'Ada', viewport: { width: 390, height: 844 } })
    await ada.say('from the train')
    await ada.line('from the train').waitFor()
    const width = await ada.page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    await ada.page.getByRole('button', { name: 'Rooms and people' }).click()
    await ada.person('Ada').waitFor()
    await ada.page.getByLabel('Name of the room to open').fill('Next Room')
    await ada.page.keyboard.press('Enter')
    await ada.page.getByRole('heading', { name: 'next-room' }).waitFor()
    expect(await ada.page.locator('#sidebar').evaluate((sidebar) => sidebar.hasAttribute('inert'))).toBe(true)
  })

  it('shows text as text, and the browser has nothing to complain about', async () => {
    const ada = await open({ room: 'text', name: '<b>Ada</b>' })
    const hostile = '<img src=x onerror=alert(1)> javascript:alert(1) https://example.org/?a=1&b=2'
    await ada.say(hostile)
    await ada.line('onerror').waitFor()
    expect(await ada.texts()).toEqual([hostile])
    expect(await ada.page.locator('.text img, .author b').count()).toBe(0)
    expect(await ada.page.locator('.text a').getAttribute('href')).toBe('https://example.org/?a=1&b=2')
    const response = await ada.page.request.get(server.url)
    expect(response.headers()['content-security-policy']).not.toContain('unsafe')
    expect(ada.complaints).toEqual([])
  })

  async function rename(tab: ChatTab, name: string): Promise<void> {
    await tab.page.getByRole('button', { name: 'Change name' }).click()
    await tab.page.getByLabel('Your name').fill(name)
    await tab.page.getByRole('button', { name: 'Continue' }).click()
  }
})
