import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitApi } from 'wirepact/compiler'
import { type CompileOptions, compile, removeEmitted, writeEmitted } from './compile-emitted.js'
import { languageIr } from './language-ir.js'
import { hooksPrelude, rightHooks, wrongHooks } from './react-table.js'
import { mark, type WrongUse } from './types-table.js'

const fileOf = (name: string) => `wrong-${name.replaceAll(' ', '-')}.ts`

/** Where the compiler found mistakes, as `file:line code`, without those that follow from them in the same line. */
function problemsIn(output: string): string[] {
  const found = [...output.matchAll(/([^/\s]+\.ts)\((\d+),\d+\): error (TS\d+)/g)]
  return [...new Set(found.map(([, file, line, code]) => `${file}:${line} ${code}`))]
}

const ways: CompileOptions[] = [
  { compiler: '5.9', resolution: 'nodenext' },
  { compiler: '5.9', resolution: 'bundler' },
  { compiler: '6', resolution: 'nodenext' },
  { compiler: '7', resolution: 'nodenext' },
  { compiler: '7', resolution: 'bundler' },
]

describe('the types of hooks', () => {
  let right = ''
  let wrong = ''
  let output = ''
  beforeAll(async () => {
    const modules = [...(await emitApi(languageIr, { react: true }))]
    right = await writeEmitted('react-right', [...modules, ['use.ts', hooksPrelude + rightHooks]])
    const uses = wrongHooks.map(({ name, code }): [string, string] => [
      fileOf(name),
      `${hooksPrelude}${code}\n`,
    ])
    wrong = await writeEmitted('react-wrong', [...modules, ...uses])
    output = await compile(wrong, { compiler: '7', resolution: 'nodenext' })
  }, 60_000)
  afterAll(() => Promise.all([right, wrong].map(removeEmitted)))

  it.each(ways)(
    'let right use compile, by TypeScript $compiler under $resolution',
    async (way) => {
      expect(await compile(right, way)).toBe('')
    },
    60_000,
  )

  it.each<WrongUse>(wrongHooks)('refuse $name, at its place', ({ name, code, error }) => {
    const line = (hooksPrelude + code).split('\n').findIndex((text) => text.endsWith(mark)) + 1
    const problems = problemsIn(output).filter((problem) => problem.startsWith(`${fileOf(name)}:`))
    expect(problems).toEqual([`${fileOf(name)}:${line} ${error}`])
  })
})
