import { createApiClient, WirepactError } from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import type { ChatConnection } from './support/chat-route.js'
import { MemoryTransport } from './support/memory-transport.js'
import { openedScene as scene, welcome } from './support/scene.js'
import { turns } from './support/virtual-clock.js'

const ask = ['request', 0, 'confirm', { question: 'sure?' }] as const
const unknown = ['error', 0, { code: 'UNKNOWN_MESSAGE', message: expect.any(String) }]
const internal = ['error', 0, { code: 'INTERNAL', message: expect.any(String) }]

describe('a question of the server', () => {
  it('is answered by the handler of its name', async () => {
    const { chat, socket, said } = scene()
    chat.handle('confirm', ({ question }) => ({ yes: question === 'sure?' }))
    socket().deliver(ask, ['request', 1, 'confirm', { question: 'no?' }])
    await turns()
    expect(said()).toEqual([
      ['reply', 0, { yes: true }],
      ['reply', 1, { yes: false }],
    ])
  })

  it('is answered when the handler is done, in any order', async () => {
    const { chat, socket, said } = scene()
    const done: ((answer: { yes: boolean }) => void)[] = []
    chat.handle('confirm', () => new Promise((resolve) => done.push(resolve)))
    socket().deliver(ask, ['request', 1, 'confirm', { question: 'b' }])
    done[1]?.({ yes: true })
    await turns()
    done[0]?.({ yes: false })
    await turns()
    expect(said().map(([, id]) => id)).toEqual([1, 0])
  })

  it('that nobody answers is refused, also when the handler was stopped or replaced', async () => {
    const { chat, socket, said } = scene()
    socket().deliver(ask)
    const stop = chat.handle('confirm', () => ({ yes: true }))
    const stopNew = chat.handle('confirm', () => ({ yes: false }))
    stop()
    socket().deliver(ask)
    await turns()
    stopNew()
    socket().deliver(ask)
    expect(said()).toEqual([unknown, ['reply', 0, { yes: false }], unknown])
  })

  it('that the schema does not have, or has as another kind, is refused', () => {
    const { chat, socket, said } = scene()
    chat.handle('confirm', () => ({ yes: true }))
    chat.handle('toString' as never, (() => 'no') as never)
    socket().deliver(['stream', 0, 'confirm', {}, 1], ['request', 0, 'watch', {}])
    socket().deliver(['request', 0, 'toString', {}], ['request', 0, 'constructor', {}])
    expect(said()).toEqual([unknown, unknown, unknown, unknown])
  })

  it('is ignored by a client whose routes are asked nothing', () => {
    const transport = new MemoryTransport()
    const client = createApiClient('abc', 'ws://example.org', { WebSocket: transport.WebSocket })
    client.connect<ChatConnection>({ path: '/', uses: [], calls: {}, channels: {} })
    transport.last.accept()
    transport.last.deliver(['welcome', welcome], ask, ['ack', 1], ['credit', 1, 1], ['cancel', 1])
    expect(transport.last.sent.slice(1)).toEqual([])
    client.close()
  })

  it('is refused with a declared error, with its data', async () => {
    const { chat, socket, said, errors } = scene()
    chat.handle('confirm', (_input, { errors }) => {
      throw errors.BUSY({ until: 5 })
    })
    socket().deliver(ask)
    await turns()
    chat.handle('confirm', async () => {
      throw new WirepactError('BUSY', 'Not now.', { data: { until: 6 } })
    })
    socket().deliver(ask)
    await turns()
    const busy = (message: string, until: number) => ({
      code: 'BUSY',
      message,
      declared: true,
      data: { until },
    })
    expect(said()).toEqual([
      ['error', 0, busy('BUSY', 5)],
      ['error', 0, busy('Not now.', 6)],
    ])
    expect(errors).toEqual([])
  })

  it('is refused with nothing but INTERNAL for anything else that is thrown, which is reported here', async () => {
    const { chat, socket, said, errors } = scene()
    const secrets = [new Error('secret'), new WirepactError('FORBIDDEN', 'secret'), 'secret']
    for (const secret of secrets) {
      chat.handle('confirm', () => {
        throw secret
      })
      socket().deliver(ask)
    }
    await turns()
    expect(said()).toEqual([internal, internal, internal])
    expect(JSON.stringify(said())).not.toContain('secret')
    expect(errors).toMatchObject([
      { code: 'INTERNAL', cause: secrets[0] },
      { code: 'FORBIDDEN' },
      { code: 'INTERNAL', cause: 'secret' },
    ])
  })

  it('is refused with INTERNAL when the answer cannot be sent', async () => {
    const { chat, socket, said, errors } = scene()
    chat.handle('confirm', () => ({ yes: 1n as never }))
    socket().deliver(ask)
    await turns()
    chat.handle('confirm', () => ({ yes: 'x'.repeat(2_000) as never }))
    socket().deliver(ask)
    await turns()
    expect(said()).toEqual([internal, internal])
    expect(errors.map(({ code }) => code)).toEqual(['NOT_SERIALIZABLE', 'TOO_BIG'])
  })

  it('has a number of its own, whatever the client has asked under the same', async () => {
    const { chat, socket, said } = scene()
    chat.handle('confirm', () => new Promise(() => undefined))
    const renamed = chat.rename({ name: 'Ada' })
    socket().deliver(
      ['request', 1, 'confirm', { question: '?' }],
      ['credit', 1, 1],
      ['cancel', 1],
      ['ack', 1],
    )
    socket().deliver(['reply', 1, { name: 'Ada' }])
    expect(await renamed).toEqual({ name: 'Ada' })
    expect(said()).toHaveLength(1)
  })

  it('that the server takes back aborts the handler, and is not answered', async () => {
    const { chat, socket, said, errors } = scene()
    const signals: AbortSignal[] = []
    chat.handle('confirm', async (_input, { signal }) => {
      signals.push(signal)
      await new Promise((_resolve, reject) => signal.addEventListener('abort', reject))
      return { yes: true }
    })
    socket().deliver(ask, ['cancel', 7])
    expect(signals[0]?.aborted).toBe(false)
    socket().deliver(['cancel', 0])
    await turns()
    expect(signals[0]?.aborted).toBe(true)
    expect([said(), errors]).toEqual([[], []])
  })

  it('of a connection that is gone is not answered on the next one, where ids begin anew', async () => {
    const { chat, socket, reopen } = scene()
    const done: ((answer: { yes: boolean }) => void)[] = []
    const signals: AbortSignal[] = []
    chat.handle('confirm', (_input, { signal }) => {
      signals.push(signal)
      return new Promise((resolve) => done.push(resolve))
    })
    socket().deliver(ask)
    socket().end(1006)
    expect(signals[0]?.aborted).toBe(true)
    reopen()
    socket().deliver(ask)
    done[0]?.({ yes: false })
    await turns()
    expect(socket().of('reply')).toEqual([])
    done[1]?.({ yes: true })
    await turns()
    expect(socket().of('reply')).toEqual([['reply', 0, { yes: true }]])
  })

  it('of the next connection can be taken back when one of the last has just been answered', async () => {
    const { chat, socket, reopen } = scene()
    const done: (() => void)[] = []
    const signals: AbortSignal[] = []
    chat.handle('confirm', (_input, { signal }) => {
      signals.push(signal)
      return new Promise((resolve) => done.push(() => resolve({ yes: true })))
    })
    socket().deliver(ask)
    socket().end(1006)
    reopen()
    socket().deliver(ask)
    done[0]?.()
    await turns()
    socket().deliver(['cancel', 0])
    expect(signals[1]?.aborted).toBe(true)
  })

  it('aborts its handler when the connection is closed', () => {
    const { chat, socket } = scene()
    let signal: AbortSignal | undefined
    chat.handle('confirm', (_input, context) => {
      signal = context.signal
      return new Promise<never>(() => undefined)
    })
    socket().deliver(ask)
    chat.close()
    expect(signal?.aborted).toBe(true)
  })

  it('beyond those that may wait is refused', async () => {
    const { chat, socket, said } = scene({ maxPendingCalls: 1 })
    chat.handle('confirm', async () => ({ yes: true }))
    socket().deliver(ask, ['request', 1, 'confirm', { question: 'b' }])
    await turns()
    socket().deliver(['request', 2, 'confirm', { question: 'c' }])
    await turns()
    expect(said()).toMatchObject([
      ['error', 1, { code: 'TOO_MANY_PENDING' }],
      ['reply', 0, { yes: true }],
      ['reply', 2, { yes: true }],
    ])
  })
})
