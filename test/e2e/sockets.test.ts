import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApiServer, refuse, type ServerOptions } from '@wirepact/runtime'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { anything } from '../runtime/support/bench.js'
import { describeInBrowser, launchBrowser } from './browser.js'

const definition = {
  title: 'Sockets',
  version: '1',
  contract: '0',
  routes: [
    {
      name: 'echo',
      path: '/echo',
      receives: { echo: { kind: 'request', input: anything, output: anything, errors: {} } },
      sends: {},
      channels: {},
    },
  ],
} as const

/** What a browser's own WebSocket sees: the answers to `inputs`, or how it was closed. */
interface Seen {
  readonly answers: readonly unknown[]
  readonly extensions: string
  readonly code: number | undefined
  readonly reason: string | undefined
}

describeInBrowser('the WebSocket of Chromium', () => {
  let browser: Browser
  let page: Page
  let stop: () => Promise<void> = async () => undefined

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterEach(async () => {
    await page.close()
    await stop()
  })
  afterAll(() => browser?.close())

  /** Serves a page, and beside it the API. */
  async function open(options: ServerOptions): Promise<ReturnType<typeof createApiServer>> {
    const http: HttpServer = createHttpServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<title>page</title>')
    })
    const server = createApiServer(
      definition,
      { echo: { echo: (_ctx: unknown, input: unknown) => input } },
      options,
    )
    await server.attach(http)
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
    stop = async () => {
      await server.close({ timeoutMs: 500 })
      http.closeAllConnections()
      await new Promise((resolve) => http.close(resolve))
    }
    page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(http.address() as AddressInfo).port}/`)
    return server
  }

  const ask = (inputs: readonly unknown[]): Promise<Seen> =>
    page.evaluate(
      (given) =>
        new Promise<Seen>((resolve) => {
          const socket = new WebSocket(`ws://${location.host}/echo`, 'wirepact.v1.json')
          const answers: unknown[] = []
          const done = (code?: number, reason?: string) =>
            resolve({ answers, extensions: socket.extensions, code, reason })
          socket.onopen = () => {
            socket.send('["hello",{}]')
            for (const [id, input] of given.entries())
              socket.send(JSON.stringify(['request', id, 'echo', input]))
          }
          socket.onclose = ({ code, reason }) => done(code, reason)
          socket.onmessage = ({ data }) => {
            const [type, , output] = JSON.parse(data)
            if (type === 'reply' && answers.push(output) === given.length) done()
          }
        }),
      inputs,
    )

  it('reads what is compressed for all, between what is not, in order', async () => {
    await open({ compression: true })
    const inputs = [
      'short',
      'long '.repeat(5000),
      1,
      { lines: Array.from({ length: 500 }, (_, n) => `line ${n}`) },
      'end',
    ]
    const { answers, extensions } = await ask(inputs)
    expect(answers).toEqual(inputs)
    expect(extensions).toContain('permessage-deflate')
  })

  it('sees the close code of a refusal, and of one over HTTP only that it failed', async () => {
    const server = await open({})
    let status = false
    server.use(() => {
      throw status ? refuse({ status: 402, code: 'UNPAID' }) : refuse({ code: 4100, reason: 'unpaid' })
    })
    expect(await ask([])).toMatchObject({ code: 4100, reason: 'unpaid' })
    status = true
    expect(await ask([])).toMatchObject({ code: 1006, reason: '' })
  })
})
