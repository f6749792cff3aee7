import { createServer as createNetServer } from 'node:net'
import { WirepactError } from '@wirepact/runtime'
import { createServer as createChatServer } from '../../../examples/chat/generated/server.js'
import { Chat } from '../../../examples/chat/handlers/chat.js'
import { Relay } from '../../support/relay.js'
import { createServer, type LabHandlers, type NetworkHandlers, type Server } from './api/generated/server.js'
import type { Addresses } from './step.js'

/** What one lab's server has seen. */
interface Notes {
  connections: number
  open: number
  readonly put: number[]
  stopped: number
  readonly tokens: string[]
  readonly closes: { readonly code: number; readonly reason: string }[]
}

/** Quick enough to see that a network is silent, slow enough for a busy computer. */
const limits = { pingIntervalMs: 1_000, pingTimeoutMs: 1_000 }

/** The servers that a scenario needs, with a network in front of them that it can break by asking. */
export class Site {
  readonly #labs = new Map<string, Notes>()
  readonly #server: Server = createServer(
    {
      lab: this.#lab(),
      vault: {
        connect(ctx) {
          if (ctx.token !== 'key') throw new WirepactError('UNAUTHENTICATED', 'Not the key.')
          ctx.grant({ user: 'ada' })
        },
        whoami: (ctx) => ctx.user ?? 'nobody',
      },
      gate: {
        look: ({ headers, cookies, request }) => ({
          tenant: headers['x-tenant'],
          theme: cookies.theme,
          subprotocols: String(request.headers['sec-websocket-protocol']).split(/, ?/),
        }),
      },
      plain: {
        line: (ctx, line) => ctx.client.capitals(line.toUpperCase()),
        block: (ctx, bytes) => ctx.client.backwards(Uint8Array.from(bytes).reverse()),
      },
      network: this.#network(),
    },
    { limits },
  )
  readonly #chat = createChatServer({ chat: Chat }, { limits })
  #relays: readonly Relay[] = []

  /** Starts everything on free ports, and says where it is. */
  async start(): Promise<Addresses> {
    const host = '127.0.0.1'
    const [{ port }, { port: chatPort }] = [
      await this.#server.listen({ host }),
      await this.#chat.listen({ host }),
    ]
    const [labs, chat] = [await Relay.open(port), await Relay.open(chatPort)]
    this.#relays = [labs, chat]
    const address = (at: number) => `ws://127.0.0.1:${at}`
    return {
      labs: address(labs.port),
      chat: address(chat.port),
      network: address(port),
      nobody: address(await closedPort()),
    }
  }

  async stop(): Promise<void> {
    for (const relay of this.#relays) relay.close()
    await Promise.all([this.#server.close({ timeoutMs: 200 }), this.#chat.close({ timeoutMs: 200 })])
  }

  #notes(lab: string): Notes {
    const known = this.#labs.get(lab)
    if (known) return known
    const notes = { connections: 0, open: 0, put: [], stopped: 0, tokens: [], closes: [] }
    this.#labs.set(lab, notes)
    return notes
  }

  #lab(): LabHandlers {
    const notesOf = (ctx: { readonly params: { readonly lab: string } }) => this.#notes(ctx.params.lab)
    return {
      connect(ctx) {
        notesOf(ctx).connections += 1
        notesOf(ctx).open += 1
        notesOf(ctx).tokens.push(ctx.token ?? 'none')
      },
      disconnect(ctx, { code, reason }) {
        notesOf(ctx).open -= 1
        notesOf(ctx).closes.push({ code, reason })
      },
      note: (ctx, { text }) => ctx.client.noted({ text }),
      put: (ctx, { value }) => void notesOf(ctx).put.push(value),
      dismiss: (ctx, { code, reason }) => ctx.close(code, reason),
      add(ctx, { a, b }) {
        if (a + b > 100) throw ctx.errors.TOO_LARGE({ max: 100 })
        return { sum: a + b }
      },
      wait: (ctx) => new Promise((resolve) => ctx.signal.addEventListener('abort', () => resolve())),
      reverse: (_ctx, bytes) => Uint8Array.from(bytes).reverse(),
      async consult(ctx, input) {
        const { ok, output, error } = await ctx.client.confirm.safe(input)
        if (ok) return output ? 'yes' : 'no'
        return error.code === 'BUSY' ? `BUSY until ${error.data.until}` : error.code
      },
      async observe(ctx, { until }) {
        const values: number[] = []
        for await (const { value } of ctx.client.measure()) {
          values.push(value)
          if (value > until) break
        }
        return values
      },
      async *count(ctx, { to }) {
        if (to === 0) throw ctx.errors.NOTHING({})
        try {
          for (let value = 1; value <= to; value++) yield { value }
        } finally {
          notesOf(ctx).stopped += 1
        }
      },
    }
  }

  #network(): NetworkHandlers {
    const place = async ({ lab, from, to }: { lab: string; from: number; to: number }) => {
      const shelf = this.#server.routes.lab.channels.shelf({ lab })
      for (let value = from; value <= to; value++) await shelf.publish('placed', { value })
    }
    return {
      cut: async (_ctx, input) => {
        for (const relay of this.#relays) relay.cut()
        await place(input)
      },
      place: (_ctx, input) => place(input),
      swallow: (_ctx, isHole) => {
        for (const relay of this.#relays) relay.isHole = isHole
      },
      report: (_ctx, { lab }) => this.#notes(lab),
    }
  }
}

/** A port that somebody had a moment ago. */
function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createNetServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 9))
    })
  })
}
