import {
  type Connection,
  type CountPresence,
  channels,
  counts,
  type RouteDefinition,
  type SubscribableChannel,
  subscriptions,
} from '@wirepact/client'
import { describe, expect, it } from 'vitest'
import { Scene } from './support/scene.js'

interface HallConnection extends Connection<Record<never, never>> {
  readonly channels: {
    crowd(): SubscribableChannel<{ cheered: string }, never, 'count'>
    gate(): { readonly presence: CountPresence }
    guests(): { readonly presence: { readonly members: readonly { readonly data: unknown }[] } }
  }
}

const hallRoute: RouteDefinition = {
  path: '/hall',
  uses: [channels, subscriptions, counts],
  calls: {},
  channels: {
    crowd: { name: 'crowd', join: 'open', presence: 'count' },
    gate: { name: 'gate', presence: 'count' },
    guests: { name: 'guests' },
  },
}

function openHall() {
  const scene = new Scene()
  const hall = scene.client.connect<HallConnection>(hallRoute)
  const { crowd, gate, guests } = hall.channels
  const told: number[] = []
  crowd().presence.onChange((count) => told.push(count))
  scene.open()
  return { socket: scene.socket, crowd: crowd(), gate: gate(), guests: guests(), told, scene }
}

describe('the number of members, where that is all that is told', () => {
  it('is told each time that it is another one, and not when it is what it was', () => {
    const { socket, crowd, told } = openHall()
    void crowd.subscribe()
    socket.deliver(['joined', 1, 'crowd', { count: 1 }])
    for (const count of [2, 2, 0, 3, 3]) socket.deliver(['presence', 'crowd', [['count', count]]])
    expect(told).toEqual([1, 2, 0, 3])
    expect(crowd.presence.count).toBe(3)
  })

  it('is told by the newest change, whatever else a newer server may tell', () => {
    const { socket, crowd, told } = openHall()
    void crowd.subscribe()
    socket.deliver(['joined', 1, 'crowd', { count: 1 }])
    const changes = [
      ['count', 4],
      ['away', 'a', {}],
      ['count', 5],
      ['away', 'b', {}],
    ]
    socket.deliver(['presence', 'crowd', changes as never])
    expect(told.at(-1)).toBe(5)
  })

  it('is 0 when the channel is left, as last known without a connection, and what the next joined says', () => {
    const { socket, crowd, told, scene } = openHall()
    void crowd.subscribe()
    socket.deliver(['joined', 1, 'crowd', { count: 7 }])
    void crowd.unsubscribe()
    expect(crowd.presence.count).toBe(0)
    void crowd.subscribe()
    socket.deliver(['left', 2, 'crowd'], ['joined', 3, 'crowd', { count: 7 }])
    expect(crowd.presence.count).toBe(7)
    socket.end(1006)
    expect(crowd.presence.count).toBe(7)
    expect(told).toEqual([7, 0, 7])
    scene.client.close()
  })

  it('is known of channels that only the server joins, beside channels that say who is there', () => {
    const { socket, gate, guests } = openHall()
    socket.deliver(['joined', null, 'gate', { count: 2 }])
    socket.deliver(['joined', null, 'guests', { presence: [['ada', { name: 'Ada' }]] }])
    socket.deliver(
      ['presence', 'gate', [['count', 3]]],
      ['presence', 'guests', [['join', 'bea', { name: 'Bea' }]]],
    )
    expect(gate.presence.count).toBe(3)
    expect('members' in gate.presence).toBe(false)
    expect(guests.presence.members.map(({ data }) => data)).toEqual([{ name: 'Ada' }, { name: 'Bea' }])
  })
})
