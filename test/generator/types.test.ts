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
