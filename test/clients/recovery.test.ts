import type { Gap, PublicationInfo } from '@wirepact/client'
import type { Joined, ServerFrame } from '@wirepact/protocol'
import { describe, expect, it } from 'vitest'
import { openScene } from './support/scene.js'

const room = 'room/one'
const joined = (joined: Joined = {}): ServerFrame => ['joined', null, room, joined]
const at = (offset: number): Joined => ({ position: ['e', offset], top: offset })
const said = (offset: number | null): ServerFrame => [
  'publication',
  room,
  'said',
  { text: `${offset}` },
  offset,
]

/** A room whose server has welcomed the client; collects all that comes out of the channel. */
function openRoom() {
  const scene = openScene()
  const channel = scene.chat.channels.room()
  const texts: string[] = []
  const infos: PublicationInfo[] = []
  const gaps: Gap[] = []
  channel.on('said', ({ text }, info) => {
    texts.push(text)
    infos.push(info)
  })
  channel.onGap((gap) => {
    gaps.push(gap)
    texts.push('gap')
  })
  scene.open()
  return { ...scene, channel, texts, infos, gaps }
}

describe('the publications of a channel', () => {
  it('are delivered in order from the position of joined on', () => {
    const { socket, texts, channel } = openRoom()
    socket().deliver(joined(at(7)), said(8), said(9))
    expect(texts).toEqual(['8', '9'])
    expect(channel.status).toEqual({ state: 'joined', position: ['e', 7] })
  })

  it('are replayed up to the top of joined, and new from there', () => {
    const { socket, infos } = openRoom()
    socket().deliver(joined({ position: ['e', 1], top: 3 }), said(2), said(3), said(4))
    expect(infos).toEqual([
      { offset: 2, replayed: true },
      { offset: 3, replayed: true },
      { offset: 4, replayed: false },
    ])
  })

  it('are dropped when they came before', () => {
    const { socket, texts } = openRoom()
    socket().deliver(joined(at(7)), said(8), said(8), said(7), said(1), said(9))
    expect(texts).toEqual(['8', '9'])
  })

  it('are delivered as they are when they are not kept', () => {
    const { socket, texts, infos } = openRoom()
    socket().deliver(joined(at(7)), said(null), said(8), said(null))
    expect(texts).toEqual(['null', '8', 'null'])
    expect(infos[0]).toEqual({ offset: null, replayed: false })
  })

  it('are ignored before joined, and in a channel that was never joined', () => {
    const { socket, texts } = openRoom()
    socket().deliver(said(1), said(null), ['skip', room, 1], joined(at(1)), said(2))
    expect(texts).toEqual(['2'])
  })

  it('are ignored after left', () => {
    const { socket, texts, channel } = openRoom()
    socket().deliver(joined(at(1)), ['left', null, room], said(2), said(null))
    expect(texts).toEqual([])
    expect(channel.status).toEqual({ state: 'idle' })
  })

  it('step over those that are for others', () => {
    const { socket, texts } = openRoom()
    socket().deliver(joined(at(1)), ['skip', room, 2], said(3), ['skip', room, 2], said(4))
    expect(texts).toEqual(['3', '4'])
  })
})

describe('a hole in the offsets', () => {
  it('is asked for, and nothing is delivered until it is filled', () => {
    const { socket, texts, gaps, channel } = openRoom()
    socket().deliver(joined(at(1)), said(2), said(5), said(6))
    expect(texts).toEqual(['2'])
    expect(channel.status.state).toBe('joining')
    expect(socket().of('subscribe')).toEqual([['subscribe', 1, room, { position: ['e', 2] }]])
    socket().deliver(['joined', 1, room, { position: ['e', 2], top: 6, recovered: true }])
    socket().deliver(said(3), said(4), said(5), said(6), said(7))
    expect(texts).toEqual(['2', '3', '4', '5', '6', '7'])
    expect(gaps).toEqual([])
  })

  it('shows in a skip too', () => {
    const { socket } = openRoom()
    socket().deliver(joined(at(1)), ['skip', room, 3])
    expect(socket().of('subscribe')).toHaveLength(1)
  })

  it('that cannot be filled is told as a gap before anything that follows', () => {
    const { socket, texts, gaps } = openRoom()
    socket().deliver(joined(at(1)), said(9))
    const reply = { position: ['e', 7], top: 9, recovered: false, reason: 'trimmed' } as const
    socket().deliver(['joined', 1, room, reply], said(8), said(9))
    expect(texts).toEqual(['gap', '8', '9'])
    expect(gaps).toEqual([{ reason: 'trimmed', from: ['e', 1], to: ['e', 7] }])
  })

  it('is not asked for twice, and answers to other questions do not fill it', () => {
    const { socket, texts } = openRoom()
    socket().deliver(joined(at(1)), said(5), said(9))
    socket().deliver(joined(at(9)), ['joined', 77, room, at(9)], said(10))
    expect(texts).toEqual([])
    expect(socket().of('subscribe')).toHaveLength(1)
  })

  it('does not hold up publications that are not kept', () => {
    const { socket, texts } = openRoom()
    socket().deliver(joined(at(1)), said(5), said(null))
    expect(texts).toEqual(['null'])
  })

  it('whose filling is refused is told, and publications stop', () => {
    const { socket, texts, channel, errors } = openRoom()
    socket().deliver(joined(at(1)), said(5))
    socket().deliver(['error', 1, { code: 'ENGINE_FAILED', message: 'No.' }], said(6))
    expect(channel.status).toMatchObject({ state: 'refused', error: { code: 'ENGINE_FAILED' } })
    expect(errors).toMatchObject([{ code: 'ENGINE_FAILED' }])
    expect(texts).toEqual([])
    expect(socket().of('subscribe')).toHaveLength(1)
  })
})

describe('coming back', () => {
  it('presents the position and delivers exactly what was missed', () => {
    const { socket, texts, gaps, reopen, channel } = openRoom()
    socket().deliver(joined(at(1)), said(2), ['skip', room, 3])
    socket().end(1006)
    expect(channel.status).toEqual({ state: 'idle' })
    reopen()
    expect(socket().of('hello')[0]?.[1].positions).toEqual({ [room]: ['e', 3] })
    socket().deliver(joined({ position: ['e', 3], top: 5, recovered: true }), said(4), said(5), said(6))
    expect(texts).toEqual(['2', '4', '5', '6'])
    expect(gaps).toEqual([])
  })

  it('presents the position again when the connection is lost before joined', () => {
    const { socket, reopen } = openRoom()
    socket().deliver(joined(at(4)))
    socket().end(1006)
    reopen()
    socket().end(1006)
    reopen()
    expect(socket().of('hello')[0]?.[1].positions).toEqual({ [room]: ['e', 4] })
  })

  it('ignores publications between welcome and joined', () => {
    const { socket, texts, reopen } = openRoom()
    socket().deliver(joined(at(1)))
    socket().end(1006)
    reopen()
    socket().deliver(said(2), joined({ position: ['e', 1], top: 2, recovered: true }), said(2))
    expect(texts).toEqual(['2'])
  })

  it('tells the gap first when the history was lost', () => {
    const { socket, texts, gaps, reopen } = openRoom()
    socket().deliver(joined(at(3)))
    socket().end(1006)
    reopen()
    const fresh = { position: ['f', 0], top: 1, recovered: false, reason: 'epoch-changed' } as const
    socket().deliver(joined(fresh), said(1))
    expect(texts).toEqual(['gap', '1'])
    expect(gaps).toEqual([{ reason: 'epoch-changed', from: ['e', 3], to: ['f', 0] }])
  })

  it('forgets the position after the server ended the membership', () => {
    const { socket, texts, gaps, reopen } = openRoom()
    socket().deliver(joined(at(3)), ['left', null, room])
    socket().end(1006)
    reopen()
    expect(socket().of('hello')[0]?.[1].positions).toEqual({})
    socket().deliver(joined({ position: ['e', 0], top: 2 }), said(1), said(2))
    expect(texts).toEqual(['1', '2'])
    expect(gaps).toEqual([])
  })

  it.each([
    [
      'repeats what is known, and what is known is not shown twice',
      ['e', 1],
      ['2', '3', '4', '5'],
      undefined,
    ],
    ['begins later, and that is a gap', ['e', 4], ['2', '3', 'gap', '5'], 'too-many'],
    ['begins in another epoch, and that is a gap', ['f', 0], ['2', '3', 'gap', '1'], 'epoch-changed'],
    ['keeps no history any more, and that is a gap', undefined, ['2', '3', 'gap', '5'], 'no-history'],
  ] as const)('to a server that starts afresh: it %s', (...[, position, expected, reason]) => {
    const { socket, texts, gaps, reopen } = openRoom()
    socket().deliver(joined(at(1)), said(2), said(3))
    socket().end(1006)
    reopen()
    socket().deliver(joined({ ...(position && { position }), top: 5 }))
    if (position?.[0] === 'f') socket().deliver(said(1))
    else if (position?.[1] === 1) socket().deliver(said(2), said(3), said(4), said(5))
    else socket().deliver(said(5))
    expect(texts).toEqual(expected)
    expect(gaps[0]?.reason).toBe(reason)
  })

  it('keeps its place for a channel that nobody has asked for yet', () => {
    const scene = openScene()
    scene.open()
    scene.socket().deliver(joined(at(1)), said(2))
    expect(scene.chat.channels.room().status.state).toBe('joined')
    scene.socket().end(1006)
    scene.reopen()
    expect(scene.socket().of('hello')[0]?.[1].positions).toEqual({ [room]: ['e', 2] })
  })
})
