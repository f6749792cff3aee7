import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { decodeClientFrame, decodeServerFrame, encodeFrame, type Frame } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

interface Vectors {
  readonly valid: readonly { readonly name: string; readonly text: string; readonly frame: Frame }[]
  readonly invalid: readonly {
    readonly name: string
    readonly text: string
    readonly code: string
    /** Where the problem is, as a JSON Pointer. */
    readonly path?: string
  }[]
}

const file = createRequire(import.meta.url).resolve('@wirepact/protocol/vectors/frames.json')
const vectors = JSON.parse(await readFile(file, 'utf8')) as {
  readonly limits: { readonly maxDepth: number }
  readonly client: Vectors
  readonly server: Vectors
}

const decoders = { client: decodeClientFrame, server: decodeServerFrame }

describe.each(['client', 'server'] as const)('a frame from a %s', (side) => {
  const { valid, invalid } = vectors[side]
  const decode = (text: string): readonly unknown[] => decoders[side](text, vectors.limits)

  test.each(valid)('is decoded: $name', ({ text, frame }) => {
    // What stands beyond the elements that are known does not count.
    expect(decode(text).slice(0, frame.length)).toEqual(frame)
  })

  test.each(valid)('survives encoding and decoding: $name', ({ frame }) => {
    expect(decode(encodeFrame(frame))).toEqual(frame)
  })

  test.each(invalid)('is refused: $name', ({ text, code, path }) => {
    const problems = path === undefined ? [] : [expect.objectContaining({ path })]
    expect(() => decode(text)).toThrow(expect.objectContaining({ name: 'WirepactError', code, problems }))
  })

  test('has vectors of every type, valid ones and invalid ones, each under a name of its own', async () => {
    const source = await readFile(new URL('../../protocol/src/frames.ts', import.meta.url), 'utf8')
    const union = source.slice(source.indexOf(side === 'client' ? 'ClientFrame =' : 'ServerFrame ='))
    const types = union.slice(0, union.indexOf('\n\n')).matchAll(/\[type: '(\w+)'/g)
    const known = new Set(valid.map(({ frame }) => frame[0] as string))
    expect([...known].sort()).toEqual(Array.from(types, ([, type]) => type).sort())
    const names = [...valid, ...invalid].map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
