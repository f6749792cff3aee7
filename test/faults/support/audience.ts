import { expect } from 'vitest'
import {
  anything,
  type Bench,
  type BenchContext,
  type BenchHandlers,
  type BenchRoute,
  startBench,
} from '../../runtime/support/bench.js'
import { RawClient } from '../../support/raw-client.js'

const ask = { kind: 'request', input: anything, output: anything, errors: {} } as const

/** A room that keeps what is said, with everything that a hostile member can be hostile with. */
const room: BenchRoute = {
  receives: {
    echo: ask,
    say: { kind: 'event', data: anything },
    count: { kind: 'stream', input: anything, item: anything, errors: {} },
  },
  sends: {
    notice: { kind: 'event', data: anything },
    price: { kind: 'event', data: anything, backpressure: { policy: 'latest', key: 'id' } },
    confirm: ask,
  },
  channels: {
    room: {
      name: 'room',
      join: 'open',
      messages: { said: { data: anything, history: true }, hint: { data: anything, history: false } },
      history: { maxMessages: 10_000 },
      presence: anything,
    },
    vault: { name: 'vault', join: 'guarded', messages: { said: { data: anything, history: true } } },
  },
}

const handlers: BenchHandlers = {
  echo: (_ctx: BenchContext, data: unknown) => data,
  say: async (ctx: BenchContext, data: unknown) => void (await ctx.channels.room?.().publish('said', data)),
  *count() {
    for (let index = 0; ; index++) yield index
  },
  authorize: { vault: () => true },
}

export const startRoom = (replaced: BenchHandlers = {}, options = {}): Promise<Bench> =>
  startBench(room, { ...handlers, ...replaced }, options)

/** A client that is a member of the room, and answers pings. */
export async function openMember(bench: Bench, presence: unknown = {}): Promise<RawClient> {
  const client = await RawClient.open(bench.url)
  client.socket.on('message', (data: Buffer) => {
    if (data.toString() === '["ping"]') client.send(['pong'])
  })
  client.send(['subscribe', 1, 'room', { presence }])
  await client.next('joined')
  return client
}

/** Members who behave, and a publisher who goes on whatever happens to others. */
export class Audience {
  readonly #bench: Bench
  readonly #members: readonly RawClient[]
  #published = 0

  constructor(bench: Bench, members: readonly RawClient[]) {
    this.#bench = bench
    this.#members = members
  }

  static async open(bench: Bench, size = 3): Promise<Audience> {
    const members: RawClient[] = []
    for (let index = 0; index < size; index++) members.push(await openMember(bench))
    return new Audience(bench, members)
  }

  /** Publishes from the server, a few in each turn of the event loop, with `filling` to make them larger. */
  async publish(count: number, filling = ''): Promise<void> {
    const channel = this.#bench.server.routes.bench?.channels.room?.()
    for (let index = 0; index < count; index++) {
      await channel?.publish('said', { number: ++this.#published, filling })
      if (index % 5 === 4 || index === count - 1) await new Promise((resolve) => setImmediate(resolve))
    }
  }

  /** Every member has every publication of ours, in order, none twice, and none has lost its connection. */
  async requireComplete(): Promise<void> {
    await this.publish(1)
    const expected = Array.from({ length: this.#published }, (_, index) => index + 1)
    for (const member of this.#members) {
      await waitFor(() => numbersOf(member).at(-1) === this.#published || member.socket.readyState !== 1)
      expect(numbersOf(member)).toEqual(expected)
      expect(offsetsOf(member)).toEqual(offsetsOf(member).toSorted((one, other) => one - other))
      expect(await member.ask(1_000_000 + this.#published, 'echo', 'here')).toBe('here')
    }
  }
}

function numbersOf(member: RawClient): number[] {
  return member
    .all('publication')
    .map((frame) => (frame[3] as { number?: number } | null)?.number)
    .filter((number) => number !== undefined)
}

function offsetsOf(member: RawClient): number[] {
  return member.all('publication').map((frame) => frame[4] as number)
}

export async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}
