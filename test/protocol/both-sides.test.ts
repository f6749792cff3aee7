import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { afterEach, describe, expect, test } from 'vitest'
import { Scene } from '../clients/support/scene.js'
import { turn } from '../clients/support/virtual-clock.js'
import { startLab, stopLabs } from '../runtime/lab.js'
import { RawClient } from '../support/raw-client.js'

interface Vector {
  readonly name: string
  readonly text: string
  readonly code: string
}

type Vectors = { readonly [kind in 'valid' | 'invalid']: readonly Vector[] }

const file = createRequire(import.meta.url).resolve('@wirepact/protocol/vectors/frames.json')
const vectors = JSON.parse(await readFile(file, 'utf8')) as {
  readonly limits: { readonly maxDepth: number }
  readonly client: Vectors
  readonly server: Vectors
}

/** What a decoder answers with; anything else means that the frame was understood. */
const decoding = ['INVALID_JSON', 'INVALID_FRAME', 'TOO_DEEP', 'FORBIDDEN_KEY']

afterEach(stopLabs)

describe('a running server', () => {
  /** The codes of the errors that the server answers a message with; a first `hello` is the message itself. */
  async function answerTo(text: string): Promise<readonly string[]> {
    const lab = await startLab({}, { limits: vectors.limits })
    const client = await RawClient.open(lab.url(), text.startsWith('["hello"') ? { hello: false } : {})
    client.sendText(text)
    expect(await client.ask(987_654, 'add', { a: 1, b: 1 })).toEqual({ sum: 2 })
    return client.all('error').map((frame) => (frame[2] as { code: string }).code)
  }

  test.each(vectors.client.valid)('understands: $name', async ({ text }) => {
    expect(decoding).not.toContain((await answerTo(text))[0])
  })

  const first = vectors.client.invalid.filter(({ text }) => text.startsWith('["hello"'))
  const later = vectors.client.invalid.filter((vector) => !first.includes(vector))

  test.each(first)('closes with 4500 when it begins with: $name', async ({ text }) => {
    await expect(answerTo(text)).rejects.toThrow('closed with 4500')
  })

  test.each(later)('refuses with $code: $name', async ({ text, code }) => {
    expect((await answerTo(text))[0]).toBe(code)
  })
})

describe('a running client', () => {
  /** Of a server that was made from another schema: one with the same has the same idea of a frame. */
  async function errorsAfter(text: string): Promise<readonly string[]> {
    const scene = new Scene()
    const socket = scene.open({ contract: 'other' })
    await turn()
    socket.deliverRaw(text)
    return scene.errors.map(({ code }) => code)
  }

  test.each(vectors.server.valid)('understands: $name', async ({ text }) => {
    expect(await errorsAfter(text)).not.toContain('INVALID_FRAME')
  })

  const malformed = vectors.server.invalid.filter(
    ({ code }) => code === 'INVALID_JSON' || code === 'INVALID_FRAME',
  )

  test.each(malformed)('refuses: $name', async ({ text }) => {
    expect(await errorsAfter(text)).toContain('INVALID_FRAME')
  })
})
