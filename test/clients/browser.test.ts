import { getEventListeners } from 'node:events'
import * as node from '@wirepact/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { welcome } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

// The browser's entry, which Node would not resolve to.
const browser: typeof node = await import(new URL('../../clients/dist/browser.js', import.meta.url).href)

const route = { name: 'a', path: '/a', calls: {}, channels: {} }

/** A browser's WebSocket as far as the client uses it. */
class PageSocket {
  static readonly made: PageSocket[] = []
  readonly readyState = 0
  readonly bufferedAmount = 0
  readonly sent: string[] = []
  closed = false
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onerror: ((event: object) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  readonly url: string
  readonly protocols: readonly string[]

  constructor(url: string, protocols: readonly string[]) {
    this.url = url
    this.protocols = protocols
    PageSocket.made.push(this)
  }

  send(text: string): void {
    this.sent.push(text)
  }

  close(): void {
    this.closed = true
  }

  open(): void {
    this.onopen?.()
    this.onmessage?.({ data: JSON.stringify(['welcome', welcome]) })
  }
}

/** A page as far as the client uses it: what its document tells comes to the window, too. */
class Page extends EventTarget {
  readonly document = { hidden: false }

  tell(type: string): void {
    this.dispatchEvent(new Event(type))
  }
}

describe('the client in a browser', () => {
  let page = new Page()
  let client: node.ApiClient | undefined

  beforeEach(() => {
    page = new Page()
    PageSocket.made.length = 0
    vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
    vi.stubGlobal('document', page.document)
    vi.stubGlobal('navigator', { onLine: true })
    vi.stubGlobal('location', { href: 'https://example.org/app/page.html' })
    vi.stubGlobal('WebSocket', PageSocket)
  })

  afterEach(() => {
    client?.close()
    vi.unstubAllGlobals()
  })

  const connect = async (url = '/') => {
    client = browser.createApiClient('abc', url)
    const connection = client.connect<node.Connection<object>>(route)
    await turn()
    return connection
  }

  const loseIt = () => {
    PageSocket.made.at(-1)?.onerror?.({})
    PageSocket.made.at(-1)?.onclose?.({ code: 1006, reason: '' })
  }

  it('exports the same names as the one in Node', () => {
    expect(Object.keys(browser).sort()).toEqual(Object.keys(node).sort())
  })

  it('connects by the WebSocket of the page, to addresses relative to the page too', async () => {
    const connection = await connect()
    expect(PageSocket.made[0]).toMatchObject({
      url: 'wss://example.org/a',
      binaryType: 'arraybuffer',
      protocols: ['wirepact.v1.json'],
    })
    PageSocket.made[0]?.open()
    expect(connection.status.state).toBe('open')
  })

  it.each([
    ['the network is back', () => page.tell('online')],
    ['the page comes out of the cache', () => page.tell('pageshow')],
    ['the page is seen again', () => page.tell('visibilitychange')],
  ])('tries at once when %s', async (_, happen) => {
    const connection = await connect()
    loseIt()
    expect(connection.status.state).toBe('waiting')
    happen()
    expect(connection.status.state).toBe('connecting')
  })

  it('stays calm when the page is hidden, or when it goes offline', async () => {
    const connection = await connect()
    loseIt()
    page.document.hidden = true
    page.tell('visibilitychange')
    page.tell('offline')
    expect(connection.status.state).toBe('waiting')
  })

  it('lets go of the page when it is closed', async () => {
    const connection = await connect()
    const listeners = () =>
      ['online', 'pageshow', 'visibilitychange'].flatMap((name) => getEventListeners(page, name))
    expect(listeners()).toHaveLength(3)
    connection.close()
    expect(listeners()).toEqual([])
    expect(PageSocket.made).toHaveLength(1)
    expect(PageSocket.made[0]?.closed).toBe(true)
  })

  it('is closed for good when the page may not open the socket', async () => {
    vi.stubGlobal(
      'WebSocket',
      class {
        constructor() {
          throw new DOMException('mixed content', 'SecurityError')
        }
      },
    )
    const connection = await connect()
    expect(connection.status).toMatchObject({ state: 'closed', cause: { error: { code: 'INTERNAL' } } })
  })

  it('does not try again where there is no WebSocket', async () => {
    Reflect.deleteProperty(globalThis, 'WebSocket')
    const connection = await connect()
    expect(connection.status).toMatchObject({ state: 'closed', cause: { error: { code: 'INTERNAL' } } })
  })

  it('works without a page, as in a worker', async () => {
    vi.stubGlobal('addEventListener', undefined)
    vi.stubGlobal('document', undefined)
    expect((await connect('wss://example.org')).status.state).toBe('connecting')
  })
})
