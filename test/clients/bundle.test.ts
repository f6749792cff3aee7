import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, it } from 'vitest'

interface Bundle {
  readonly name: string
  readonly gzipped: number
  readonly parts: readonly (readonly [file: string, bytes: number])[]
}

const script = fileURLToPath(new URL('../../scripts/bundle-size.mjs', import.meta.url))

/** The folders of the client's core that only some routes need. */
const optional = ['channels', 'streams', 'answers', 'delivery']

describe('what a browser loads', () => {
  let bundles: readonly Bundle[]
  beforeAll(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, '--json'])
    bundles = JSON.parse(stdout)
  })

  function find(name: string): Bundle {
    const bundle = bundles.find((one) => one.name.endsWith(name))
    if (!bundle) throw new Error(`There is no bundle ${name}.`)
    return bundle
  }

  /** Which of the optional folders are in it. */
  const foldersOf = ({ parts }: Bundle) =>
    optional.filter((folder) => parts.some(([file]) => file.includes(`/core/${folder}/`)))

  const has = (name: string, file: string) => find(name).parts.some(([part]) => part.endsWith(file))

  it.each([
    ['requests and events', []],
    ['the chat', ['channels']],
    ['channels', ['channels']],
    ['streams', ['streams']],
    ['answers', ['answers']],
    ['acknowledged', ['delivery']],
    ['binary', []],
    ['a bare route', []],
  ])('for %s has no other features in it', (name, folders) => {
    expect(foldersOf(find(name))).toEqual(folders)
  })

  it('has hooks for React only where they are imported, and nothing then that the client has already', () => {
    const withHooks = bundles.filter(({ parts }) => parts.some(([file]) => file.includes('/react/')))
    expect(withHooks.map(({ name }) => name)).toEqual([
      '… with channels and every React hook, beside React itself',
    ])
    const [hooks] = withHooks
    expect(hooks && hooks.gzipped - find('with channels').gzipped).toBeLessThan(3_250)
  })

  it('has the codec for bytes and for bare routes only where they are used', () => {
    for (const file of ['codec/binary.js', 'protocol/dist/binary.js']) {
      expect([has('binary', file), has('the chat', file), has('a bare route', file)]).toEqual([
        true,
        false,
        false,
      ])
    }
    expect([has('a bare route', 'codec/bare.js'), has('the chat', 'codec/bare.js')]).toEqual([true, false])
  })

  it.each([
    ['requests and events', 4_300],
    ['the chat', 6_000],
    ['… split into files: those that come first', 6_450],
  ])('for %s stays below its limit', (name, maxBytes) => {
    expect(find(name).gzipped).toBeLessThan(maxBytes)
  })
})
