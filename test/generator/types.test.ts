import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitApi } from 'wirepact/compiler'
import { compile, removeEmitted, writeEmitted } from './compile-emitted.js'
import { languageIr } from './language-ir.js'
import {
  clientPrelude,
  mark,
  rightUse,
  serverPrelude,
  type WrongUse,
  wrongClientUses,
  wrongServerUses,
} from './types-table.js'

const sides = [
  { side: 'server', prelude: serverPrelude, wrong: wrongServerUses },
  { side: 'client', prelude: clientPrelude, wrong: wrongClientUses },
] as const

function fileOf(side: string, name: string): string {
  return `${side}-${name.replaceAll(' ', '-')}.ts`
}

/** What the compiler says about a file, each as `line TScode`. */
function problemsIn(output: string, file: string): string[] {
  const lines = output
    .split('\n')
    .map((line) => /^(?:.*\/)?([^/]+\.ts)\((\d+),\d+\): error (TS\d+)/.exec(line))
  return lines.flatMap((match) => (match !== null && match[1] === file ? [`${match[2]} ${match[3]}`] : []))
}

function markedLine(text: string): number {
  const index = text.split('\n').findIndex((line) => line.endsWith(mark))
  if (index < 0) throw new Error('Every wrong use marks the line of the mistake.')
  return index + 1
}

it('ask for what handlers share, once a program has said what that is', async () => {
  const files = new Map(await emitApi(languageIr))
  const added = `declare module '@wirepact/runtime' { interface App { readonly name: string } }\n`
  const start = `import { createServer, type Handlers, type StudioContext } from './server.js'
declare const handlers: Handlers
declare const ctx: StudioContext
export { createServer, ctx, handlers }\n${added}`
  files.set('right.ts', `${start}createServer(handlers, { state: { name: ctx.app.name.trim() } })`)
  files.set('without.ts', `${start}createServer(handlers)`)
  files.set('other.ts', `${start}createServer(handlers, { state: { name: 1 } })`)
  const folder = await writeEmitted('types-app', files)
  try {
    const output = await compile(folder, { compiler: '7', resolution: 'nodenext' })
    expect(problemsIn(output, 'right.ts')).toEqual([])
    expect(problemsIn(output, 'without.ts')).toEqual(['6 TS2554'])
    expect(problemsIn(output, 'other.ts')).toEqual(['6 TS2322'])
  } finally {
    await removeEmitted(folder)
  }
}, 60_000)

describe('generated types', () => {
  let folder = ''
  let output = ''
  beforeAll(async () => {
    const files = new Map(await emitApi(languageIr))
    for (const { side, prelude, wrong } of sides) {
      files.set(`right-${side}.ts`, prelude + rightUse[side])
      for (const { name, code } of wrong) files.set(fileOf(side, name), prelude + code)
    }
    folder = await writeEmitted('types', files)
    output = await compile(folder, { compiler: '7', resolution: 'nodenext' })
  }, 60_000)
  afterAll(() => removeEmitted(folder))

  it('let right use of the server and of the client compile', () => {
    expect(
      output
        .split('\n')
        .filter((line) => /right-|server\.ts|client\.ts|types\.ts/.test(line.split('(')[0] ?? '')),
    ).toEqual([])
  })

  describe.each(sides)('of the $side', ({ side, prelude, wrong }) => {
    it.each<WrongUse>(wrong)('refuse $name, at its place', ({ name, code, error }) => {
      const line = markedLine(prelude + code)
      expect(problemsIn(output, fileOf(side, name))).toEqual([`${line} ${error}`])
    })
  })
})
