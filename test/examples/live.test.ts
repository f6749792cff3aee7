import { afterEach, expect, test, vi } from 'vitest'
import { createClient } from '../../examples/live/generated/client.js'
import { createLive } from '../../examples/live/server.js'
import { Cable } from '../support/cable.js'
import { noted, serve, stopAll } from '../support/running.js'

afterEach(stopAll)

const params = { showId: 'concert' }

/** A frame that says which one it is. */
const frame = (number: number) => {
  const bytes = new Uint8Array(100_000)
  new DataView(bytes.buffer).setUint32(0, number)
  return bytes
}
const numberOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)

async function start() {
  const server = createLive({ limits: { maxUnsentBytes: 200_000 } })
  const url = await serve(server)
  const studio = noted(createClient(url)).studio({ params })
  const audience: number[] = []
  studio.on('audience', ({ viewers }) => audience.push(viewers))
  await studio.ready()
  const watch = async (name: string) => {
    const cable = new Cable()
    const viewer = noted(createClient(url, cable.options)).viewer({ params, query: { name } })
    const frames: number[] = []
    const lines: string[] = []
    viewer.channels.picture().on('frame', (bytes) => frames.push(numberOf(bytes)))
    viewer.channels.chat().on('said', ({ from, text }) => lines.push(`${from}: ${text}`))
    await viewer.ready()
    return { cable, viewer, frames, lines }
  }
  return { server, studio, audience, watch }
}

test('a viewer whose network is slow loses frames and no line of chat; the others lose nothing', async () => {
  const { server, studio, watch } = await start()
  const [slow, quick] = [await watch('slow'), await watch('quick')]
  slow.cable.hold()
  for (let number = 1; number <= 200; number++) {
    studio.frame(frame(number))
    await vi.waitFor(() => expect(quick.frames).toHaveLength(number), { interval: 1 })
    if (number % 50 === 0) await quick.viewer.say({ text: String(number) })
  }
  expect(server.counters.dropped).toBeGreaterThan(0)
  expect(quick.frames).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  slow.cable.release()
  await vi.waitFor(() => expect(slow.lines).toEqual(quick.lines))
  expect(quick.lines).toEqual(['quick: 50', 'quick: 100', 'quick: 150', 'quick: 200'])
  studio.frame(frame(201))
  await vi.waitFor(() => expect(slow.frames.at(-1)).toBe(201))
  expect(slow.frames.length).toBeLessThan(201)
  expect(slow.frames).toEqual([...slow.frames].sort((a, b) => a - b))
})

test('a viewer who was away has every line of chat, and the picture from now on', async () => {
  const { studio, watch } = await start()
  const [ada, bob] = [await watch('ada'), await watch('bob')]
  await ada.viewer.say({ text: 'before' })
  bob.cable.pull()
  await ada.viewer.say({ text: 'meanwhile' })
  studio.frame(frame(1))
  await vi.waitFor(() => expect(ada.frames).toEqual([1]))
  bob.cable.plug()
  await ada.viewer.say({ text: 'after' })
  await vi.waitFor(() => expect(bob.lines).toEqual(['ada: before', 'ada: meanwhile', 'ada: after']))
  studio.frame(frame(2))
  await vi.waitFor(() => expect(bob.frames).toEqual([2]))
})

test('the studio knows how many watch', async () => {
  const { audience, watch } = await start()
  const [ada, bob] = [await watch('ada'), await watch('bob')]
  await vi.waitFor(() => expect(audience).toEqual([0, 1, 2]))
  bob.cable.pull()
  ada.viewer.close()
  await vi.waitFor(() => expect(audience).toEqual([0, 1, 2, 1, 0]))
})
