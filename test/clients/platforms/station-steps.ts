import { createClient } from './api/generated/client.js'
import { same, until, upTo } from './expect.js'
import type { StepResult } from './scenario.js'
import type { Addresses } from './step.js'

interface StationOptions {
  readonly addresses: Addresses
  /** Where the worker answers. */
  readonly base: string
}

interface Answer {
  readonly heard: readonly number[]
  readonly state: string
}

const lab = 'station'

/** What a Durable Object hears between its requests, seen from outside. */
export async function runStation({ addresses, base }: StationOptions): Promise<StepResult[]> {
  const client = createClient(addresses.network)
  const network = client.network()
  const ask = async <T = Answer>(what: string) => (await (await fetch(`${base}/${what}`)).json()) as T
  const heard = async () => (await ask('look')).heard
  const results: StepResult[] = []
  const step = async (name: string, run: () => Promise<void>) => {
    const failure = await run().catch((thrown: Error) => thrown.stack ?? String(thrown))
    results.push({ name, ...(failure && { failure }) })
  }
  await step('a Durable Object stays connected between its requests', async () => {
    same(await ask(`connect?url=${encodeURIComponent(addresses.labs)}`), { heard: [], state: 'open' })
    await network.place({ lab, from: 1, to: 3 })
    await until(heard, upTo(3))
    same(await ask('add'), { sum: 42 })
  })
  await step('it comes back, and misses nothing, while nobody asks it anything', async () => {
    await network.cut({ lab, from: 4, to: 9 })
    const open = async () => {
      const { connections, open } = await network.report({ lab })
      return { connections, open }
    }
    await until(open, { connections: 2, open: 1 }, 'connections')
    await until(heard, upTo(9))
  })
  await step('it closes its connection', async () => {
    same((await ask('close')).state, 'closed')
    await until(async () => (await network.report({ lab })).open, 0, 'number of connections')
  })
  client.close()
  return results
}
