import { createServer as createHttpServer } from 'node:http'
import { createRequire } from 'node:module'
import type { AddressInfo, Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { createClient } from './api/generated/client.js'
import { ClientProvider } from './api/generated/react.js'
import { createServer, type HallContext, type Server } from './api/generated/server.js'
import { type Drawn, Site } from './hall-app.js'

/** Another place that React comes from than the workspace: `npm run platforms -- react-18` names it. */
const reactFolder = process.env.REACT_FOLDER
const alias = ['react', 'react-dom'].map((name) => [name, `${reactFolder}/${name}`])

/** The version of the React that is to be tried. */
export function wantedReact(): string {
  return createRequire(reactFolder ? `${reactFolder}/` : import.meta.url)('react/package.json').version
}

/** The page's code as a browser loads it, made once. */
export async function bundlePage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('hall-page.tsx', import.meta.url))],
    bundle: true,
    format: 'iife',
    write: false,
    jsx: 'automatic',
    ...(reactFolder && { alias: Object.fromEntries(alias) }),
    conditions: ['browser'],
    // As in development: warnings are wanted, and StrictMode does its work.
    define: { 'process.env.NODE_ENV': '"development"' },
    logLevel: 'error',
  })
  return outputFiles.map(({ text }) => text).join('\n')
}

/** A server with its site; everything that a test looks at or does from the server's side. */
export class HallSite {
  readonly server: Server
  /** How often somebody has connected, and has gone. */
  readonly seen = { connected: 0, gone: 0 }
  readonly guests: HallContext[] = []
  url = ''
  /** What the page comes with. */
  #drawn = ''
  readonly #sockets = new Set<Socket>()
  readonly #http = createHttpServer((request, response) => {
    const isPage = request.url === '/'
    response.setHeader('content-type', isPage ? 'text/html' : 'text/javascript')
    response.end(isPage ? this.#page() : this.#bundle)
  })
  readonly #bundle: string
  #open: () => void = () => undefined
  /** What slow requests wait for. */
  readonly opened = new Promise<void>((resolve) => {
    this.#open = resolve
  })

  constructor(bundle: string) {
    this.#bundle = bundle
    const seen = this.seen
    const { guests, opened } = this
    this.server = createServer(
      {
        hall: {
          async connect(ctx) {
            seen.connected += 1
            guests.push(ctx)
            await ctx.channels.floor().join({ presence: { name: ctx.query.name } })
            await ctx.channels.gate().join()
          },
          disconnect() {
            seen.gone += 1
          },
          async count(ctx, { to }) {
            for (let value = 1; value <= to; value++) await ctx.channels.floor().publish('counted', { value })
          },
          async rename(ctx, { name }) {
            if (name === 'taken') throw ctx.errors.NAME_TAKEN({ suggestion: 'ada2' })
            if (name === 'slow') await opened
            return { name }
          },
        },
        clock: {},
      },
      { limits: { presenceCountIntervalMs: 20 } },
    )
  }

  /** Lets slow requests be answered. */
  release(): void {
    this.#open()
  }

  get floor() {
    return this.server.routes.hall.channels.floor({ hallId: 'main' })
  }

  news(topic: string) {
    return this.server.routes.hall.channels.news({ topic })
  }

  get crowd() {
    return this.server.routes.hall.channels.crowd({ hallId: 'main' })
  }

  async count(from: number, to: number): Promise<void> {
    for (let value = from; value <= to; value++) await this.floor.publish('counted', { value })
  }

  async start(): Promise<void> {
    this.#http.on('upgrade', (_request, socket: Socket) => {
      this.#sockets.add(socket)
      socket.on('close', () => this.#sockets.delete(socket))
    })
    await this.server.attach(this.#http)
    await new Promise<void>((resolve) => this.#http.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}`
  }

  /** Cuts connections, as a network does: all of them, or the oldest few. */
  cut(count = this.#sockets.size): void {
    for (const socket of [...this.#sockets].slice(0, count)) socket.destroy()
  }

  async stop(): Promise<void> {
    this.release()
    await this.server.close({ timeoutMs: 200 })
    this.#http.closeAllConnections()
    await new Promise((resolve) => this.#http.close(resolve))
  }

  /** Draws the page, with what is known now, before it is asked for. */
  async draw(): Promise<void> {
    const [floor, news, crowd] = await Promise.all([
      this.floor.history(),
      this.news('sport').history(),
      this.crowd.history(),
    ])
    const drawn: Drawn = { floor, news, crowd }
    const client = createClient(this.url)
    const element = createElement(Site, drawn)
    const html = renderToString(createElement(ClientProvider, { client }, element))
    this.#drawn = `<main>${html}</main><script>drawn = ${JSON.stringify(drawn)}</script>`
  }

  #page(): string {
    return `<!doctype html><title>hall</title><body>${this.#drawn}<script src="/page.js"></script>`
  }
}
