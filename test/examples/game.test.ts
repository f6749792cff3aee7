import { afterEach, expect, test, vi } from 'vitest'
import { createClient, type GameFieldState } from '../../examples/game/generated/client.js'
import { createGameServer } from '../../examples/game/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

async function start() {
  const game = createGameServer({ limits: { maxUnsentBytes: 50_000, maxBufferedBytes: 50_000_000 } })
  const url = await serve(game.server)
  const join = async (name: string) => {
    const cable = new Cable()
    const player = noted(createClient(url, cable.options)).game({
      params: { fieldId: 'meadow' },
      query: { name },
    })
    const states: GameFieldState[] = []
    player.channels.field().on('state', (state) => states.push(state))
    await player.ready()
    return { cable, player, states, newest: () => states.at(-1) }
  }
  return { game, join }
}

const at = (state: GameFieldState | undefined, name: string) => {
  const player = state?.players.find((one) => one.name === name)
  return player && [player.x, player.y]
}

test('everybody moves in each tick as they last steered, and stops at the edge', async () => {
  const { game, join } = await start()
  const [ada, bob] = [await join('ada'), await join('bob')]
  ada.player.steer({ x: -1, y: 0 })
  ada.player.steer({ x: 1, y: -1 })
  const tickOnce = async () => {
    await game.tick()
    expect(at(bob.newest(), 'ada')).toEqual([100, 0])
  }
  await vi.waitFor(tickOnce, { interval: 1 })
  expect(at(bob.newest(), 'bob')).toEqual([50, 50])
  const ticks = bob.states.map(({ tick }) => tick)
  expect(ticks).toEqual(ticks.map((_tick, index) => (ticks[0] ?? 0) + index))
})

test('a direction that there is not is refused, and moves nobody', async () => {
  const { game, join } = await start()
  const ada = await join('ada')
  const refused: string[] = []
  ada.player.onError(({ code }) => refused.push(code))
  ada.player.steer({ x: 50, y: 0 })
  await vi.waitFor(() => expect(refused).toEqual(['INVALID_PAYLOAD']))
  await game.tick()
  await vi.waitFor(() => expect(at(ada.newest(), 'ada')).toEqual([50, 50]))
})

test('a player who falls behind skips to the newest state, and holds up nobody', async () => {
  const { game, join } = await start()
  const players = await Promise.all(Array.from({ length: 40 }, (_, index) => join(`player ${index}`)))
  const [quick, slow] = players as [(typeof players)[number], (typeof players)[number]]
  for (const other of players) if (other !== quick) other.cable.hold()
  let ticks = 0
  // Until what the system takes by itself is full, too.
  while (game.server.counters.replaced === 0) {
    await game.tick()
    if (++ticks % 10 > 0) continue
    await vi.waitFor(() => expect(quick.states).toHaveLength(ticks), { interval: 1 })
  }
  for (let more = 0; more < 10; more++) await game.tick()
  ticks += 10
  await vi.waitFor(() => expect(quick.states).toHaveLength(ticks))
  slow.cable.release()
  await vi.waitFor(() => expect(slow.newest()?.tick).toBe(ticks))
  expect(slow.states.length).toBeLessThan(ticks)
})

test('a player whose connection broke is off the field, and on it again when it is back', async () => {
  const { game, join } = await start()
  const [ada, bob] = [await join('ada'), await join('bob')]
  const names = () => ada.newest()?.players.map(({ name }) => name)
  bob.cable.pull()
  await vi.waitFor(async () => {
    await game.tick()
    expect(names()).toEqual(['ada'])
  })
  bob.cable.plug()
  await vi.waitFor(async () => {
    await game.tick()
    expect(names()).toEqual(['ada', 'bob'])
    expect(bob.newest()).toEqual(ada.newest())
  })
})
