import type { TownContext, TownHandlers } from '../api/generated/server.js'
import type { Prng } from '../prng.js'
import type { VirtualTime } from '../virtual-time.js'
import type { Credentials } from './credentials.js'
import type { Deliveries } from './deliveries.js'
import type { Flows } from './flows.js'

/** What the handlers of every server tell the models. */
export interface Models {
  readonly time: VirtualTime
  readonly prng: Prng
  readonly credentials: Credentials
  readonly deliveries: Deliveries
  readonly flows: Flows
  /** When the sessions that were revoked were. */
  readonly revoked: Map<string, number>
  readonly wrong: string[]
}

/** Where a server keeps who is connected to it. */
export interface House {
  readonly alive: boolean
  readonly guests: Set<TownContext>
}

/** A session may have been read so long before its connection is let in. */
const longestReadMs = 1_000

/** Which guilds a user may enter. */
export const guilds: Readonly<Record<string, readonly string[]>> = { gold: ['ada', 'bob'], tin: ['ada'] }

/** The handlers of one life of a server. */
export function townHandlers(models: Models, life: House): TownHandlers {
  const { credentials, deliveries, flows, prng, revoked, time, wrong } = models
  const wait = () => (prng.chance(0.3) ? credentials.wait(prng.pick([100, 800, 3_000])) : Promise.resolve())
  /** Nobody does anything with a grant that is over. */
  const requireGranted = (ctx: TownContext) => {
    const granted = credentials.find(ctx.id)
    if (granted === undefined || time.now > granted.expiresAt)
      wrong.push(`${ctx.params.name} did something without a grant`)
  }
  return {
    authorize: { guild: ({ user }, { params }) => guilds[params.key]?.includes(user ?? '') ?? false },
    async connect(ctx) {
      ctx.state.connectedAt = time.now - longestReadMs
      const revokedAt = revoked.get(ctx.session) ?? time.now
      if (revokedAt < time.now - longestReadMs)
        wrong.push(`${ctx.params.name} came back with what was revoked`)
      life.guests.add(ctx)
      await credentials.admit(ctx, ctx.token)
    },
    disconnect: (ctx) => void life.guests.delete(ctx),
    refresh: (ctx, token) => credentials.renew(ctx, token),
    put(ctx, { number }) {
      requireGranted(ctx)
      const connectedAt = ctx.state.connectedAt as number
      const carrier = { life, session: ctx.id.split('.')[0] as string, connectedAt }
      const done = deliveries.handle(ctx.params.name, number, carrier)
      if (prng.chance(0.4)) return done()
      return wait().then(done)
    },
    add(ctx, numbers) {
      requireGranted(ctx)
      if (prng.chance(0.3)) watch(ctx)
      return numbers.reduce((sum, number) => sum + number, 0)
    },
    async look(ctx, number) {
      requireGranted(ctx)
      await wait()
      return number
    },
    count(ctx, { flow }) {
      requireGranted(ctx)
      return flows.produce(flow, life, wait)
    },
  }

  /** The server reads a stream of its client. */
  function watch(ctx: TownContext): void {
    const maxBuffered = prng.pick([1, 4, 64])
    const to = prng.between(0, 40)
    const flow = flows.open(to, maxBuffered)
    const enough = prng.between(1, 60)
    let count = 0
    const isEnough = () => ++count >= enough
    void flows.read(flow, ctx.client.watch({ flow, to }, { maxBuffered }), { reader: life, isEnough })
  }
}
