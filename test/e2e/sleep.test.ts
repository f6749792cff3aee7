import { mkdtemp, rm } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Engine, memoryEngine } from '@wirepact/runtime'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { build } from 'esbuild'
import type { Browser, CDPSession, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type Lab, startLab, stopLabs } from '../runtime/lab.js'
import { Relay } from '../support/relay.js'
import { describeInBrowser, launchBrowser } from './browser.js'

const limits = { pingIntervalMs: 500, pingTimeoutMs: 500 }
const soon = { timeout: 20_000, interval: 50 }

/** Serves a page that has the client in it. */
async function servePage(): Promise<HttpServer> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./sleeper-page.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['browser'],
  })
  const script = outputFiles[0]?.text ?? ''
  const http = createHttpServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end(`<title>page</title><script type="module">${script}</script>`)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  return http
}

describeInBrowser('a page that is away for a while', () => {
  let browser: Browser
  let http: HttpServer
  let page: Page
  let devtools: CDPSession
  let relay: Relay
  let lab: Lab
  let folder: string

  beforeAll(async () => {
    ;[browser, http] = await Promise.all([launchBrowser(), servePage()])
  })

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'wirepact-sleep-'))
  })

  afterEach(async () => {
    await page.context().close()
    relay.close()
    await stopLabs()
    await rm(folder, { recursive: true, force: true })
  })

  afterAll(async () => {
    await browser?.close()
    http?.closeAllConnections()
    http?.close()
  })

  const start = (engine: Engine) => startLab({}, { limits, origins: 'any', engine })

  /** A page with an open connection, its time in our hands, through a network that can be broken. */
  async function open(engine: Engine = memoryEngine()): Promise<void> {
    lab = await start(engine)
    relay = await Relay.open(lab.port)
    page = await (await browser.newContext()).newPage()
    await page.clock.install()
    await page.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`)
    devtools = await page.context().newCDPSession(page)
    await devtools.send('Network.enable')
    await page.evaluate((url) => {
      window.sleeper = window.start(url)
    }, `ws://127.0.0.1:${relay.port}`)
    await vi.waitFor(async () => expect(await look('state')).toBe('open'), soon)
    await say(1)
    await vi.waitFor(async () => expect(await look('heard')).toEqual([1]), soon)
  }

  const look = (what: 'heard' | 'state' | 'mostAlive' | 'opened' | 'unsettled') =>
    page.evaluate((name) => window.sleeper[name], what)

  async function say(count: number): Promise<void> {
    const room = lab.server.routes.lab.channels.room({ roomId: 'lobby' })
    for (let index = 0; index < count; index++) await room.publish('said', { text: 'hello' })
  }

  const setOffline = (offline: boolean) =>
    devtools.send('Network.emulateNetworkConditions', {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    })

  /** The page is back as if it had never been away, with one socket, and without having asked again and again. */
  async function requireBack(heard: readonly (number | string)[], mostOpened = 6): Promise<void> {
    await vi.waitFor(async () => expect(await look('heard')).toEqual(heard), soon)
    await vi.waitFor(async () => expect(await look('state')).toBe('open'), soon)
    expect(await page.evaluate(() => window.sleeper.ask())).toBe('answered')
    await vi.waitFor(async () => expect(await look('unsettled')).toBe(0), soon)
    await vi.waitFor(() => expect(lab.server.connections).toBe(1), soon)
    expect(await look('mostAlive')).toBe(1)
    expect(await look('opened')).toBeLessThanOrEqual(mostOpened)
    expect(relay.accepted).toBeLessThanOrEqual(mostOpened)
  }

  it('recovers after two hours with the lid closed', async () => {
    await open()
    await page.evaluate(() => window.sleeper.begin())
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    relay.isHole = true
    await vi.waitFor(() => expect(lab.server.connections).toBe(0), soon)
    await say(3)
    relay.isHole = false
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await page.clock.fastForward('02:00:00')
    await requireBack([1, 2, 3, 4])
  })

  it('is told what it missed when there was more than is kept', async () => {
    await open()
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    relay.isHole = true
    await vi.waitFor(() => expect(lab.server.connections).toBe(0), soon)
    await say(20)
    relay.isHole = false
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await page.clock.fastForward('02:00:00')
    await vi.waitFor(async () => expect(await look('heard')).toContain('trimmed'), soon)
    await say(1)
    await requireBack([1, 'trimmed', 22])
  })

  it('waits while there is no network, and is back at once when there is one', async () => {
    await open()
    relay.isHole = true
    await setOffline(true)
    await vi.waitFor(() => expect(lab.server.connections).toBe(0), soon)
    await vi.waitFor(async () => expect(await look('state')).not.toBe('open'), soon)
    await page.evaluate(() => window.sleeper.begin())
    await say(2)
    await page.clock.fastForward('00:10')
    relay.isHole = false
    await setOffline(false)
    await requireBack([1, 2, 3], 14)
  })

  it('is not disturbed by a slow network and a slow processor', async () => {
    await open()
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 6 })
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 200,
      downloadThroughput: 20_000,
      uploadThroughput: 20_000,
    })
    await say(3)
    await requireBack([1, 2, 3, 4])
  })

  it('follows when its network changes in the middle of what it says', async () => {
    await open()
    await page.evaluate(() => window.sleeper.begin())
    relay.cut()
    await say(2)
    await requireBack([1, 2, 3])
  })

  it('goes on with another server behind the same address', async () => {
    const file = join(folder, 'lab.db')
    await open(sqliteEngine(file))
    const former = lab.server
    lab = await start(sqliteEngine(file))
    relay.target = lab.port
    await say(2)
    await vi.waitFor(async () => expect(await look('heard')).toEqual([1, 2, 3]), soon)
    await former.close({ timeoutMs: 200 })
    await say(2)
    await requireBack([1, 2, 3, 4, 5])
  })

  it('misses nothing in a background tab, and is there when it is seen again', async () => {
    await open()
    const other = await page.context().newPage()
    await other.bringToFront()
    await devtools.send('Page.setWebLifecycleState', { state: 'frozen' })
    await say(3)
    await page.clock.fastForward('30:00')
    await devtools.send('Page.setWebLifecycleState', { state: 'active' })
    await other.close()
    await page.bringToFront()
    await requireBack([1, 2, 3, 4])
  })
})
