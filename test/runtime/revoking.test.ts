import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { deferred } from './lab.js'
import { startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

describe('whoever is being let in while access is taken back', () => {
  /** A server that takes its time to find out who somebody is, at one stage or the other. */
  async function startSlow(stage: 'upgrade' | 'connect') {
    const asked = [deferred<void>(), deferred<void>()]
    const known = deferred<void>()
    let count = 0
    const find = async (ctx: { grant(grant: object): void }) => {
      asked[count++]?.resolve()
      await known.promise
      ctx.grant({ user: 'ada' })
    }
    const bench = await startBench({}, { connect: stage === 'connect' ? find : () => undefined })
    if (stage === 'upgrade')
      bench.server.use(async (ctx, next) => {
        await find(ctx)
        await next()
      })
    return { ...bench, asked: (index: number) => asked[index]?.promise, known }
  }

  test.each(['upgrade', 'connect'] as const)(
    'in the stage %s is not welcome, and who comes after it is',
    async (stage) => {
      const { server, url, asked, known } = await startSlow(stage)
      const before = RawClient.open(url, { hello: { session: 'a'.repeat(22) } })
      await asked(0)
      expect(await server.revoke({ user: 'ada' }, { reason: 'bye' })).toBe(0)
      await server.revoke({ user: 'bob' })
      const after = RawClient.open(url)
      await asked(1)
      known.resolve()
      expect(await (await before).ended).toEqual({ code: 4502, reason: 'bye' })
      expect((await before).all('welcome')).toEqual([])
      expect((await after).all('welcome')).toHaveLength(1)
      const again = await RawClient.open(url, { hello: { session: 'a'.repeat(22) } })
      expect((await again.ended).code, 'its session is revoked as well').toBe(4502)
    },
  )
})
