import type { Engine } from '@wirepact/runtime'
import { describe, expect, test } from 'vitest'
import type { GetSubject } from '../conformance.js'
import { RecordingListener } from '../listener.js'
import { draft, everything } from '../place.js'

const calls: Readonly<Record<string, (engine: Engine) => unknown>> = {
  attach: (engine) => engine.attach('room'),
  detach: (engine) => engine.detach('room'),
  append: (engine) => engine.append('room', draft('1'), everything),
  send: (engine) => engine.send('room', draft('1')),
  read: (engine) => engine.read('room', { limit: 1, after: 0 }, everything),
  clear: (engine) => engine.clear('room'),
  clearAll: (engine) => engine.clearAll(),
  enter: (engine) => engine.enter('room', { connection: 'a', data: '{}' }),
  leave: (engine) => engine.leave('room', 'a'),
  members: (engine) => engine.members('room'),
  users: (engine) => engine.users('room'),
  count: (engine) => engine.count('room'),
  sequence: (engine) => engine.sequence('session'),
  advance: (engine) => engine.advance('session', 1, 1_000),
}

/** An engine may throw at once or reject. */
const settle = async (call: () => unknown) => call()

export function describeLifecycle(get: GetSubject): void {
  describe('opening and closing', () => {
    test.each(Object.keys(calls))('%s fails before the engine is open', async (name) => {
      const engine = get().place.make()
      await expect(settle(() => calls[name]?.(engine))).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    })

    test.each(Object.keys(calls))('%s fails after the engine was closed', async (name) => {
      const { engine } = get()
      await engine.close()
      await expect(settle(() => calls[name]?.(engine))).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    })

    test('an engine cannot be opened twice, nor after it was closed', async () => {
      const { engine } = get()
      const open = () => settle(() => engine.open('again', new RecordingListener()))
      await expect(open()).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
      await engine.close()
      await expect(open()).rejects.toMatchObject({ code: 'ENGINE_FAILED' })
    })

    test('closing twice is closing once', async () => {
      const { engine } = get()
      await Promise.all([engine.close(), engine.close()])
      await engine.close()
    })

    test('closing an engine that was never opened does nothing', async () => {
      await get().place.make().close()
    })

    test('what was asked for before the engine closes is still done', async () => {
      const { engine } = get()
      const appended = engine.append('room', draft('1'), everything)
      await engine.close()
      expect(await appended).toMatchObject({ offset: 1 })
    })
  })
}
