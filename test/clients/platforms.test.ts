import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** A bundle for no platform in particular: whatever it imports from one cannot be resolved. */
async function neutral(source: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: source, resolveDir: `${root}test` },
    bundle: true,
    platform: 'neutral',
    format: 'esm',
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  })
  expect(warnings).toEqual([])
  return outputFiles.map(({ text }) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')).join('\n')
}

describe('the client for browsers', () => {
  it.each([
    [
      'the generated chat, with its checks',
      `export * from ${JSON.stringify(`${root}examples/chat/generated/client.ts`)}`,
    ],
    ['every feature', `export * from '@wirepact/client'`],
    ['debug', `export * from '@wirepact/client/debug'`],
  ])('needs nothing of Node: %s', async (_, source) => {
    const text = await neutral(source)
    expect(text).not.toMatch(/\b(process|Buffer|require|setImmediate|__dirname)\b/)
    expect(text).not.toMatch(/from ["']node:/)
  })

  it('uses a page only where there is one', async () => {
    const text = await neutral(`export * from '@wirepact/client'`)
    const [before = '', ...behind] = text.split('globalThis.document && {')
    expect(behind).toHaveLength(1)
    expect(before).not.toMatch(/\b(window|document|navigator|localStorage)\./)
    expect(text.match(/(?<!globalThis)(?<!\?)\b(location|localStorage)\./g)).toBeNull()
  })

  it('evaluates no text', async () => {
    expect(await neutral(`export * from '@wirepact/client'`)).not.toMatch(/\beval\(|new Function\b/)
  })
})
