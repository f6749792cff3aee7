import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient, type Edit } from '../../examples/editor/generated/client.js'
import { createEditorServer } from '../../examples/editor/server.js'
import { EditorSession } from '../../examples/editor/session.js'
import { SharedText } from '../../examples/editor/shared-text.js'
import { Prng } from '../sim/prng.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

interface Writer {
  readonly text: string
  insert(position: number, text: string): unknown
  remove(position: number, count: number): unknown
}

const below = (random: Prng, end: number) => random.between(0, end - 1)

/** Writes or removes something somewhere. */
function scribble(writer: Writer, random: Prng): void {
  const { length } = [...writer.text]
  if (length === 0 || below(random, 3) > 0) {
    writer.insert(below(random, length + 1), ['a', 'bc', 'def'][below(random, 3)] ?? '')
  } else {
    const position = below(random, length)
    writer.remove(position, 1 + below(random, Math.min(3, length - position)))
  }
}

describe('the text', () => {
  /** Three sites, each with the edits of the others in its own order: as they were made, but mixed. */
  function converge(seed: number): string[] {
    const random = new Prng(seed)
    const sites = [1, 2, 3].map((site) => ({ text: new SharedText(site), todo: [[], [], []] as Edit[][] }))
    const send = (from: number, edit: Edit) => {
      for (const [index, { todo }] of sites.entries()) if (index !== from) todo[from]?.push(edit)
    }
    const receive = (index: number) => {
      const { text, todo } = sites[index] as (typeof sites)[number]
      for (const queue of todo) while (queue[0] !== undefined && text.apply(queue[0])) queue.shift()
    }
    for (let round = 0; round < 60; round++) {
      const from = below(random, 3)
      const { text } = sites[from] as (typeof sites)[number]
      scribble(
        {
          text: text.toString(),
          insert: (position, letters) => send(from, text.insert(position, letters)),
          remove: (position, count) => send(from, text.remove(position, count)),
        },
        random,
      )
      if (below(random, 4) === 0) receive(below(random, 3))
    }
    for (let round = 0; round < 3; round++) for (const index of sites.keys()) receive(index)
    return sites.map(({ text }) => text.toString())
  }

  test.each(Array.from({ length: 50 }, (_, index) => index + 1))(
    'is the same at every site when all have the same edits (seed %i)',
    (seed) => {
      const [one, ...others] = converge(seed)
      expect(others).toEqual([one, one])
      expect(one).not.toBe('')
    },
  )

  test('keeps what two people write at one place apart, and takes an edit twice as once', () => {
    const [one, two] = [new SharedText(1), new SharedText(2)]
    const [hello, world] = [one.insert(0, 'hello'), two.insert(0, 'world')]
    for (const edit of [world, world]) one.apply(edit)
    for (const edit of [hello, hello]) two.apply(edit)
    expect([one.toString(), two.toString()]).toEqual(['worldhello', 'worldhello'])
  })

  test('is the same from a snapshot, removed characters included', () => {
    const one = new SharedText(1)
    one.insert(0, 'abc')
    one.remove(1, 1)
    const behindB = one.insert(1, 'x')
    const two = new SharedText(2, one.characters)
    expect([two.toString(), two.apply(behindB)]).toEqual(['axc', true])
    expect(two.apply({ insert: 'y', id: [9, 3], after: [99, 99] })).toBe(false)
  })
})

describe('the editor', () => {
  async function start() {
    const url = await serve(createEditorServer())
    const open = async (name: string) => {
      const cable = new Cable()
      const connection = noted(createClient(url, cable.options)).editor({
        params: { documentId: 'poem' },
        query: { name },
      })
      return { cable, connection, session: await EditorSession.open(connection) }
    }
    return { open }
  }

  test('three people write at once, lose their connections, and end with one text', async () => {
    const { open } = await start()
    const people = [await open('ada'), await open('bob'), await open('cleo')]
    const random = new Prng(7)
    for (let round = 0; round < 90; round++) {
      const { session, cable } = people[below(random, 3)] as (typeof people)[number]
      scribble(session, random)
      if (round % 20 === 5) cable.pull()
      if (round % 20 === 15) for (const one of people) one.cable.plug()
      if (round % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 2))
    }
    for (const { cable } of people) cable.plug()
    await vi.waitFor(
      async () => {
        const texts = people.map(({ session }) => session.text)
        const late = await open('late')
        expect([...texts, late.session.text]).toEqual(Array(4).fill(texts[0]))
        const { version } = await late.connection.open(undefined)
        expect(version).toBe(90)
      },
      { timeout: 10_000, interval: 100 },
    )
  })

  test('an edit that comes with the text as it was before is not lost', async () => {
    const { open } = await start()
    const [ada, bob] = [await open('ada'), await open('bob')]
    const sites = async () => (await ada.connection.open(undefined)).site
    const before = await sites()
    bob.cable.hold()
    const opening = EditorSession.open(bob.connection)
    // Until the server has answered, which nobody has read yet.
    let asked = 1
    await vi.waitFor(async () => expect(await sites()).toBeGreaterThan(before + asked++))
    ada.session.insert(0, 'late')
    await vi.waitFor(async () => expect(await ada.connection.open(undefined)).toMatchObject({ version: 1 }))
    bob.cable.release()
    const session = await opening
    await vi.waitFor(() => expect(session.text).toBe('late'))
  })

  test('a cursor stays at its character while others write before it', async () => {
    const { open } = await start()
    const [ada, bob] = [await open('ada'), await open('bob')]
    ada.session.insert(0, 'world')
    await vi.waitFor(() => expect(bob.session.text).toBe('world'))
    bob.session.point(5)
    await vi.waitFor(() => expect(ada.session.cursors).toEqual([{ name: 'bob', position: 5 }]))
    ada.session.insert(0, 'hello ')
    expect(ada.session.cursors).toEqual([{ name: 'bob', position: 11 }])
    expect(bob.session.cursors).toEqual([])
    bob.connection.close()
    await vi.waitFor(() => expect(ada.session.cursors).toEqual([]))
  })

  test('an edit that speaks of nothing is refused, and changes nothing', async () => {
    const { open } = await start()
    const { connection } = await open('eve')
    const refused: string[] = []
    connection.onError(({ code }) => refused.push(code))
    connection.edit({ remove: [[99, 99]] })
    connection.edit({ insert: 'x', id: [1, 1], after: [98, 98] })
    await vi.waitFor(() => expect(refused).toEqual(['INVALID_PAYLOAD', 'INVALID_PAYLOAD']))
    expect(await connection.open(undefined)).toMatchObject({ version: 0, characters: [] })
  })
})
