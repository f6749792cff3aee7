import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { stopAll } from '../support/running.js'
import type { RoomContext } from './api/generated/server.js'
import { enter, start } from './support/start.js'

let folder = ''

afterEach(async () => {
  await stopAll()
  await rm(folder, { recursive: true, force: true })
})

/** Two servers over one file; `ada` is on the first, `bob` and `cleo` are on the second. */
async function startTwo() {
  folder = await mkdtemp(join(tmpdir(), 'wirepact-rows-'))
  const contexts = new Map<string, RoomContext>()
  const connect = (ctx: RoomContext) => {
    contexts.set(ctx.query.name, ctx)
    ctx.grant({ user: ctx.query.name })
  }
  /** Sends a notice to a connection or a user, as it is told. */
  const run = (ctx: RoomContext, { what }: { what: string }) => {
    const [kind, name = ''] = what.split(' ')
    const text = `from ${ctx.query.name}`
    if (kind === 'user') return ctx.to({ user: name }).notice({ text })
    return ctx.to({ connection: contexts.get(name)?.id ?? name }).notice({ text })
  }
  const node = () =>
    start({ room: { connect, run }, options: { engine: sqliteEngine(join(folder, 'rows.db')) } })
  const [one, two] = [await node(), await node()]
  const open = async (url: string, name: string) => {
    const person = enter(url, name)
    const notices: string[] = []
    person.room.on('notice', ({ text }) => notices.push(text))
    await person.room.ready()
    return { ...person, notices }
  }
  const people = {
    ada: await open(one.url, 'ada'),
    bob: await open(two.url, 'bob'),
    cleo: await open(two.url, 'cleo'),
  }
  return { one, two, open, contexts, ...people }
}

describe('[nexios 19] one connection', () => {
  test('is sent to by its identifier, from any handler, on any server', async () => {
    const { ada, bob, cleo } = await startTwo()
    await ada.room.run({ what: 'connection bob' })
    await cleo.room.run({ what: 'connection bob' })
    await vi.waitFor(() => expect(bob.notices.sort()).toEqual(['from ada', 'from cleo']))
    expect([ada.notices, cleo.notices]).toEqual([[], []])
  })

  test('that is not there harms nobody', async () => {
    const { ada } = await startTwo()
    expect(await ada.room.run({ what: 'connection nobody' })).toBe(0)
    expect(await ada.room.ask({ text: 'still here' })).toEqual({ text: 'still here' })
  })

  test('is found again where its client has come back, and a user on all connections', async () => {
    const { one, open, ada, bob, contexts } = await startTwo()
    const before = contexts.get('bob')
    bob.cable.cut()
    await vi.waitFor(() => expect(contexts.get('bob')).not.toBe(before))
    await bob.room.ready()
    await one.server.routes.room.to({ connection: before?.id ?? '' }).notice({ text: 'from outside' })
    await vi.waitFor(() => expect(bob.notices).toEqual(['from outside']))
    const phone = await open(one.url, 'bob')
    await ada.room.run({ what: 'user bob' })
    await vi.waitFor(() => expect([bob.notices.at(-1), phone.notices]).toEqual(['from ada', ['from ada']]))
    expect(ada.notices).toEqual([])
  })
})

describe('[nexios 29] access that is taken back', () => {
  test.each(['connection', 'user', 'session'] as const)(
    'from a %s ends it, on whichever server',
    async (kind) => {
      const { one, ada, bob, contexts } = await startTwo()
      const { id, session } = contexts.get('bob') as RoomContext
      const whom = { connection: { connection: id }, user: { user: 'bob' }, session: { session } }[kind]
      await one.server.revoke(whom)
      await vi.waitFor(() =>
        expect(bob.room.status).toMatchObject({ state: 'closed', cause: { code: 4502 } }),
      )
      expect(ada.room.status.state).toBe('open')
    },
  )
})
