import { createClient, type LabConnection } from './api/generated/client.js'
import { runScenario } from './scenario.js'
import type { Addresses } from './step.js'

/** What this worker is bound to: as far as it uses it. */
interface Bindings {
  readonly STATION: { getByName(name: string): { fetch(request: Request): Promise<Response> } }
}

/** `/scenario?ADDRESSES` runs it within one request; everything else is the station's. */
export const worker = {
  async fetch(request: Request, { STATION }: Bindings): Promise<Response> {
    const { pathname, search } = new URL(request.url)
    if (pathname !== '/scenario') return STATION.getByName('station').fetch(request)
    const addresses = JSON.parse(decodeURIComponent(search.slice(1))) as Addresses
    return Response.json({ results: await runScenario({ addresses, sendsHeaders: false }) })
  },
}

/** A Durable Object that stays connected while nobody asks it anything. */
export class Station {
  readonly #heard: number[] = []
  #lab: LabConnection | undefined

  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/connect') await this.#connect(searchParams.get('url') ?? '')
    if (pathname === '/add') return Response.json(await this.#lab?.add({ a: 40, b: 2 }))
    if (pathname === '/close') this.#lab?.close()
    return Response.json({ heard: this.#heard, state: this.#lab?.status.state })
  }

  #connect(url: string): Promise<void> | undefined {
    this.#lab = createClient(url, { reconnect: { minDelayMs: 20, maxDelayMs: 100 } }).lab({
      params: { lab: 'station' },
    })
    const shelf = this.#lab.channels.shelf()
    shelf.on('placed', ({ value }) => this.#heard.push(value))
    return shelf.subscribe()
  }
}
