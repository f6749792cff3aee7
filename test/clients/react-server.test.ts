import type { History } from '@wirepact/client'
import { createElement, Fragment, StrictMode, version } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Client, createClient, type HallFloorMessages } from './react/api/generated/client.js'
import { ClientProvider, useClient, useHall } from './react/api/generated/react.js'
import { Floor, LastValue, Newest, News, OldNews, Seats, Site, StatusLine } from './react/hall-app.js'
import { wantedReact } from './react/hall-site.js'

/** A WebSocket that nobody may make. */
class NoSocket {
  static made = 0
  constructor() {
    NoSocket.made += 1
    throw new Error('A socket was made.')
  }
}

describe('React on a server', () => {
  let client: Client
  beforeEach(() => {
    NoSocket.made = 0
    client = createClient('ws://127.0.0.1:9', { WebSocket: NoSocket as never })
  })
  afterEach(() => client.close())

  const draw = (...elements: React.ReactNode[]) =>
    renderToString(createElement(StrictMode, {}, createElement(ClientProvider, { client }, ...elements)))

  it('is drawn by the React that is to be tried', () => {
    expect(version.split('-')[0]).toBe(wantedReact())
  })

  it('draws every hook as what has not begun, and opens no socket', async () => {
    const html = draw(
      createElement(Site, {}),
      createElement(Newest),
      createElement(LastValue),
      createElement(News, { topic: 'sport' }),
      createElement(OldNews, { topic: 'sport' }),
      createElement(Seats, { seat: 1 }),
    )
    const shown = Object.fromEntries(
      [...html.matchAll(/<p id="([\w-]+)">(.*?)<\/p>/g)].map((m) => [m[1], m[2]]),
    )
    expect(shown).toEqual({
      status: 'idle',
      live: 'false',
      gap: 'none',
      dropped: '0',
      overview: '0 0 0 idle',
      rename: 'idle',
      newest: '[[],0,null]',
      last: 'none',
      news: 'idle: ',
      'old-news': '',
      seats: 'idle: ',
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(NoSocket.made).toBe(0)
  })

  it('draws the history that it was given, of the wanted name, and no more than wanted', () => {
    const said = (name: 'counted' | 'noted', offset: number) =>
      ({ name, offset, at: 0, data: { value: offset, text: '' } }) as const
    const initial: History<HallFloorMessages> = {
      epoch: 'e',
      position: ['e', 3],
      more: false,
      publications: [said('counted', 1), said('noted', 2), said('counted', 3)],
    }
    const html = draw(createElement(Floor, { initial }))
    expect(html).toContain('<ol id="values"><li>1</li><li>3</li></ol>')
    expect(html).toContain('<p id="live">false</p>')
    // What one request has drawn is nothing that another one sees.
    expect(draw(createElement(Floor, {}))).toContain('<ol id="values"></ol>')
  })

  it('hands out one idle connection for equal arguments, and another for others', () => {
    const seen: unknown[] = []
    const Look = ({ name }: { readonly name: string }) => {
      const hall = useHall({ params: { hallId: 'a' }, query: { name } })
      seen.push(hall)
      return createElement(Fragment, {}, hall.status.state, useClient() === client)
    }
    draw(createElement(Look, { name: 'ada' }), createElement(Look, { name: 'ada' }))
    draw(createElement(Look, { name: 'alan' }))
    expect(seen.length).toBeGreaterThanOrEqual(3)
    expect(seen[0]).toBe(seen[1])
    expect(seen.at(-1)).not.toBe(seen[0])
  })

  it('says that a provider is missing', () => {
    expect(() => renderToString(createElement(StatusLine))).toThrow(
      new TypeError('There is no ClientProvider around this component.'),
    )
  })

  it('leaves connections of other makers alone: they connect at once', () => {
    draw(createElement(StatusLine))
    const hall = client.hall({ params: { hallId: 'a' }, query: { name: 'ada' } })
    expect(hall.status.state).toBe('connecting')
  })
})
