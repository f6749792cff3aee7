import type { AnswerContext } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { openedScene as scene } from './support/scene.js'
import { turns } from './support/virtual-clock.js'

const internal = ['error', 0, { code: 'INTERNAL', message: expect.any(String) }]

describe('a stream that the server asks for', () => {
  const watch = (credit: number) => ['stream', 0, 'watch', { since: 3 }, credit] as const

  /** Counts from `since` and notes what it was asked for, and whether it was left. */
  function counter() {
    const notes = { asked: 0, left: false, signal: undefined as AbortSignal | undefined }
    async function* count({ since }: { since: number }, { signal }: AnswerContext) {
      notes.signal = signal
      try {
        for (let n = since; n < since + 5; n++) {
          notes.asked += 1
          yield n
        }
      } finally {
        notes.left = true
      }
    }
    return { notes, count }
  }

  it('is sent as far as the credit goes, and nothing more is asked of the generator', async () => {
    const { chat, socket, said } = scene()
    const { notes, count } = counter()
    chat.handle('watch', count)
    socket().deliver(watch(2))
    await turns()
    expect(said()).toEqual([
      ['item', 0, 3],
      ['item', 0, 4],
    ])
    expect(notes.asked).toBe(2)
    socket().deliver(['credit', 0, 1], ['credit', 0, 1])
    await turns()
    expect(said()).toHaveLength(4)
    expect(notes).toMatchObject({ asked: 4, left: false })
    socket().deliver(['credit', 0, 10])
    await turns()
    expect(said().slice(4)).toEqual([
      ['item', 0, 7],
      ['end', 0],
    ])
  })

  it('may come from anything that can be iterated', async () => {
    const { chat, socket, said } = scene()
    chat.handle('watch', ({ since }) => [since, since + 1])
    socket().deliver(watch(9))
    await turns()
    expect(said()).toEqual([
      ['item', 0, 3],
      ['item', 0, 4],
      ['end', 0],
    ])
  })

  it('that is taken back leaves the generator, which waits for credit', async () => {
    const { chat, socket, said } = scene()
    const { notes, count } = counter()
    chat.handle('watch', count)
    socket().deliver(watch(1))
    await turns()
    socket().deliver(['cancel', 0], ['credit', 0, 5])
    await turns()
    expect(notes).toMatchObject({ asked: 1, left: true })
    expect(notes.signal?.aborted).toBe(true)
    expect(said()).toEqual([['item', 0, 3]])
  })

  it('that is taken back ends an iterator that waits for its next item, and drops an item that comes all the same', async () => {
    const { chat, socket, said } = scene()
    let left = 0
    let come = (_result: IteratorResult<number>): void => undefined
    const next = () =>
      new Promise<IteratorResult<number>>((resolve) => {
        come = resolve
      })
    const leave = () => {
      left += 1
      return Promise.reject(new Error('left'))
    }
    chat.handle('watch', () => ({ [Symbol.asyncIterator]: () => ({ next, return: leave }) }))
    socket().deliver(watch(1))
    await turns()
    socket().deliver(['cancel', 0])
    await turns()
    expect(left).toBe(1)
    come({ done: false, value: 7 })
    await turns()
    expect(said()).toEqual([])
  })

  it('of a connection that is gone is left', async () => {
    const { chat, socket, reopen } = scene()
    const { notes, count } = counter()
    chat.handle('watch', count)
    socket().deliver(watch(1))
    await turns()
    socket().end(1006)
    await turns()
    expect(notes.left).toBe(true)
    reopen()
    socket().deliver(['credit', 0, 5])
    await turns()
    expect(socket().sent).toHaveLength(1)
  })

  it('ends with the declared error, or with INTERNAL, after the items before', async () => {
    const { chat, socket, said, errors } = scene()
    chat.handle('watch', async function* (_input, { errors }) {
      yield 1
      throw errors.BUSY({ until: 7 })
    })
    socket().deliver(watch(5))
    await turns()
    chat.handle('watch', () => 7 as never)
    socket().deliver(watch(5))
    await turns()
    expect(said()).toEqual([
      ['item', 0, 1],
      ['error', 0, { code: 'BUSY', message: 'BUSY', declared: true, data: { until: 7 } }],
      internal,
    ])
    expect(errors).toHaveLength(1)
  })

  it('with an item that cannot be sent is refused and left', async () => {
    const { chat, socket, said, errors } = scene()
    let left = false
    chat.handle('watch', async function* () {
      try {
        yield 1
        yield 1n as never
      } finally {
        left = true
      }
    })
    socket().deliver(watch(5))
    await turns()
    expect(said()).toEqual([['item', 0, 1], internal])
    expect([left, errors.map(({ code }) => code)]).toEqual([true, ['NOT_SERIALIZABLE']])
  })
})
