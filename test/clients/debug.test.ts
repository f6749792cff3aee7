import { createDebug, type DebugEvent } from '@wirepact/client/debug'
import { describe, expect, it } from 'vitest'
import { Scene } from './support/scene.js'
import { turn } from './support/virtual-clock.js'

/** A client that is watched, and what was seen. */
function watched(options?: { readonly payloads?: boolean }, auth?: () => string) {
  const debug = createDebug({ ...options, now: () => 7 })
  const events: DebugEvent[] = []
  const stop = debug.on((event) => events.push(event))
  const scene = new Scene({ debug, ...(auth && { auth }) })
  return { debug, events, scene, stop, types: () => events.map(({ type }) => type) }
}

describe('a client that is watched', () => {
  it('tells of attempts, frames with their names and sizes, statuses and ends', () => {
    const { events, scene } = watched()
    scene.open()
    scene.chat.shout({ text: 'private' })
    scene.socket.deliver(['event', 'notice', { text: 'private' }])
    scene.socket.end(1006, '', 'gone')
    const url = 'ws://example.org/chat/one'
    const frame = (direction: string, type: string, name: string) =>
      expect.objectContaining({
        type: 'frame',
        direction,
        frame: type,
        name,
        bytes: expect.any(Number),
        url,
        at: 7,
      })
    expect(events).toEqual([
      expect.objectContaining({ type: 'status', status: { state: 'connecting', attempt: 0 } }),
      { type: 'attempt', url, at: 7 },
      frame('out', 'hello', ''),
      frame('in', 'welcome', ''),
      expect.objectContaining({ type: 'status', status: expect.objectContaining({ state: 'open' }) }),
      frame('out', 'event', 'shout'),
      frame('in', 'event', 'notice'),
      { type: 'end', code: 1006, reason: 'gone', url, at: 7 },
      expect.objectContaining({ type: 'status', status: expect.objectContaining({ state: 'waiting' }) }),
    ])
    expect(JSON.stringify(events)).not.toContain('private')
  })

  it('shows what is in the frames when asked to, but no secrets', async () => {
    const { events, scene } = watched({ payloads: true }, () => 'secret token')
    await turn()
    scene.open({ session: 'secret session' })
    scene.chat.shout({ text: 'hi' })
    expect(events).toContainEqual(
      expect.objectContaining({ name: 'shout', payload: ['event', 'shout', { text: 'hi' }] }),
    )
    expect(scene.chat.status).toMatchObject({ session: 'secret session' })
    expect(JSON.stringify(events)).not.toContain('secret')
  })

  it('tells of recoveries and of gaps', () => {
    const { events, scene } = watched()
    scene.open()
    const joined = { position: ['e', 1], top: 1 } as const
    scene.socket.deliver(
      ['joined', null, 'room/one', { ...joined, recovered: true }],
      ['joined', null, 'room/two', { ...joined, recovered: false, reason: 'trimmed' }],
    )
    expect(events.filter(({ type }) => type === 'recovery')).toMatchObject([
      { channel: 'room/one', recovered: true },
      { channel: 'room/two', recovered: false, reason: 'trimmed' },
    ])
  })

  it('tells of what was dropped and of what makes no sense', () => {
    const { events, scene } = watched()
    scene.chat.shout({ text: 'hi' }, { ttlMs: 10 })
    scene.clock.advance(10)
    scene.open()
    scene.socket.deliverRaw('?')
    expect(events.filter(({ type }) => type === 'error')).toMatchObject([
      { error: { code: 'TIMEOUT', subject: 'shout' } },
      { error: { code: 'INVALID_FRAME' } },
    ])
  })

  it('names and measures binary messages, too', () => {
    const { events, scene } = watched()
    scene.open()
    void scene.chat.blur.safe(new Uint8Array(100))
    expect(events.at(-1)).toMatchObject({ frame: 'request', name: 'blur', bytes: 129 })
  })

  it('writes one line for each event to a console', () => {
    const lines: string[] = []
    const { debug, scene } = watched()
    const stop = debug.log({ debug: (line: string) => lines.push(line) })
    scene.open()
    scene.socket.deliver(['publication', 'room/one', 'said', { text: 'a' }, null])
    scene.socket.end(1012, 'restart')
    stop()
    scene.retry()
    expect(lines.map((line) => line.replace(/\d+ B/, 'n B'))).toEqual([
      '%cwirepact%c → hello n B',
      '%cwirepact%c ← welcome n B',
      '%cwirepact%c is open',
      '%cwirepact%c ← publication room/one said n B',
      '%cwirepact%c socket ended: 1012 restart',
      '%cwirepact%c is waiting',
    ])
  })

  it('does what it does when nobody listens, or a listener throws', () => {
    const { debug, scene, stop } = watched()
    stop()
    debug.on(() => {
      throw new Error('oops')
    })
    scene.open()
    expect(scene.chat.status.state).toBe('open')
    expect(scene.errors).toEqual([])
  })
})
