import { type CloseRefusal, refuse, type StatusRefusal } from '@wirepact/runtime'
import { authenticate, ticket } from '@wirepact/runtime/middleware'
import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { type BenchContext, type BenchHandlers, startBench, stopBenches } from './support/bench.js'

afterEach(stopBenches)

/** A route for those who are known, and a client of it that answers when it is asked. */
async function start(handlers: BenchHandlers) {
  let ctx: BenchContext | undefined
  const connect = (context: BenchContext) => {
    ctx = context
    context.grant({ user: 'ada', scopes: ['old'] })
  }
  const { server, url } = await startBench({ auth: 'required' }, { connect, ...handlers })
  const open = () => RawClient.open(url, { hello: { token: 'old', refresh: true } })
  return { server, open, ctx: () => ctx as BenchContext }
}

describe('a fresh credential that the server refuses', () => {
  test.each<[string, StatusRefusal | CloseRefusal, number, string]>([
    ['a status and a code of its own', { status: 403, code: 'BANNED' }, 4503, 'BANNED'],
    ['a status that is its own fault', { status: 500 }, 1011, 'REFUSED'],
    ['a close code', { code: 4100, reason: 'unpaid' }, 4100, 'REFUSED'],
  ])('with %s ends the connection', async (_what, refusal, code, told) => {
    const { server, open } = await start({ refresh: () => undefined })
    server.use({
      refresh() {
        throw refuse(refusal)
      },
    })
    const client = await open()
    client.send(['refresh', 1, 'new'])
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: told }])
    expect(await client.ended).toMatchObject({ code })
  })
})

describe('a fresh credential that could not be looked at', () => {
  const down = () => {
    throw new Error('The directory does not answer.')
  }

  test('leaves what was granted before, whoever has granted something meanwhile', async () => {
    const { server, open, ctx } = await start({ refresh: down })
    server.use({
      async refresh(context, token, next) {
        context.grant({ user: 'bob', scopes: [String(token)] })
        await next()
      },
    })
    const client = await open()
    client.send(['refresh', 1, 'new'])
    expect(await client.next('error', 1)).toMatchObject(['error', 1, { code: 'INTERNAL' }])
    expect(ctx().user).toBe('ada')
  })

  test('is not what the ready-made middleware has found in it', async () => {
    let seen: BenchContext | undefined
    const connect = (context: BenchContext) => {
      seen = context
    }
    const { server, open } = await start({ connect, refresh: down })
    server.use(authenticate({ from: ticket(), verify: (user) => ({ user }) }))
    const client = await open()
    client.send(['refresh', 1, 'new'])
    await client.next('error', 1)
    expect(seen?.user).toBe('old')
  })

  test('does not take back what another handler has granted meanwhile', async () => {
    const { open, ctx } = await start({
      refresh(context) {
        context.grant({ user: 'bob' })
        ctx().grant({ user: 'eve' })
        down()
      },
    })
    const client = await open()
    client.send(['refresh', 1, 'new'])
    await client.next('error', 1)
    expect(ctx().user).toBe('eve')
  })
})
