import {
  type ClientOptions,
  createApiClient,
  type Sent,
  type Status,
  type WirepactError,
} from '@wirepact/client'
import { createDebug } from '@wirepact/client/debug'
import { describe, expect, expectTypeOf, it } from 'vitest'
import type { ChatConnection } from './support/chat-route.js'
import { openedScene, openScene } from './support/scene.js'

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
function neverRun(chat: ChatConnection) {
  // @ts-expect-error: the text is missing
  chat.shout({})
  // @ts-expect-error: there is no such option
  chat.shout({ text: 'a' }, { timeoutMs: 1 })
  // @ts-expect-error: an event without data takes none
  chat.typing({ text: 'a' })
  // @ts-expect-error: the name is no number
  void chat.rename({ name: 7 })
  // @ts-expect-error: there is no such message
  chat.on('news', () => undefined)
  // @ts-expect-error: a notice has no length
  chat.on('notice', ({ length }) => length)
  // @ts-expect-error: the server alone makes members of this channel
  void chat.channels.room().subscribe()
  // @ts-expect-error: the presence is missing
  void chat.channels.stage().subscribe({})
  // @ts-expect-error: a channel without presence takes none
  void chat.channels.lobby().subscribe({ presence: { name: 'Ada' } })
  // @ts-expect-error: nobody is known to be in a channel without presence
  chat.channels.lobby().presence.members
  // @ts-expect-error: there is no such policy
  chat.channels.lobby().messages({ overflow: 'drop-newest' })
  // @ts-expect-error: bytes go there
  void chat.blur('bytes')
  // @ts-expect-error: the answer is no text
  chat.handle('confirm', () => 'yes')
  // @ts-expect-error: a stream is answered by items
  chat.handle('watch', () => 7)
  // @ts-expect-error: a status is read, not written
  chat.status = { state: 'idle' }
}

describe('the types of a client', () => {
  it('know the states, and what each carries', () => {
    const { chat } = openScene()
    const { status } = chat
    expectTypeOf(status).toEqualTypeOf<Status>()
    if (status.state === 'waiting') expectTypeOf(status.until).toEqualTypeOf<number>()
    // @ts-expect-error: only one that waits has a time to wait for
    expect(status.until).toBeUndefined()
    expectTypeOf(chat.statuses()).toEqualTypeOf<AsyncGenerator<Status, void, undefined>>()
    expect(neverRun).toBeTypeOf('function')
  })

  it('know what became of a message', () => {
    const sent = openScene().chat.shout({ text: 'a' }, { ttlMs: 5 })
    expectTypeOf(sent).toEqualTypeOf<Sent>()
    if (sent.outcome === 'refused') expectTypeOf(sent.error).toEqualTypeOf<WirepactError>()
    expect(sent.outcome).toBe('queued')
  })

  it('know the errors of a request by their codes', async () => {
    const { chat, socket } = openedScene()
    const renamed = chat.rename.safe({ name: 'Ada' })
    const data = { suggestion: 'Ada1' }
    socket().deliver(['error', 1, { code: 'NAME_TAKEN', message: 'Taken.', declared: true, data }])
    const { ok, output, error } = await renamed
    if (ok) expectTypeOf(output).toEqualTypeOf<{ name: string }>()
    else if (error.code === 'NAME_TAKEN') expectTypeOf(error.data).toEqualTypeOf<{ suggestion: string }>()
    expect(error?.data).toEqual(data)
  })

  it('know the messages of a channel by their names', () => {
    const { chat } = openScene()
    chat.channels.lobby().on('said', (data, info) => {
      expectTypeOf(data).toEqualTypeOf<{ readonly text: string }>()
      expectTypeOf(info.offset).toEqualTypeOf<number | null>()
    })
    const lobby = chat.channels.lobby()
    type Message = ReturnType<typeof lobby.messages> extends AsyncIterable<infer Item> ? Item : never
    expectTypeOf<Message['name']>().toEqualTypeOf<'said' | 'typing'>()
  })

  it('know the options', () => {
    const debug = createDebug({ payloads: true })
    const options: ClientOptions = { debug, reconnect: false, auth: async () => undefined }
    // @ts-expect-error: there is no such option
    const wrong: ClientOptions = { retries: 3 }
    // @ts-expect-error: what is not given is left out
    const absent: ClientOptions = { connectTimeoutMs: undefined }
    debug.on((event) => {
      if (event.type === 'frame') expectTypeOf(event.bytes).toEqualTypeOf<number>()
      // @ts-expect-error: only frames have a size
      else event.bytes
    })
    expect(createApiClient('abc', 'ws://h', options)).toBeDefined()
    expect([wrong, absent]).toHaveLength(2)
  })
})
