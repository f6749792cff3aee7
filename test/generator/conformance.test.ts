import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const script = fileURLToPath(new URL('../../scripts/conformance.mjs', import.meta.url))
const test = (description: string, data: unknown, valid: boolean) => ({ description, data, valid })

/** A suite in the form of the official one, with mistakes: what has to be noticed. */
const suite: Record<string, unknown> = {
  'tests/draft2020-12/type.json': [
    {
      description: 'a string',
      schema: { type: 'string' },
      tests: [test('a text fits', 'a', true), test('a number is said to fit', 1, true)],
    },
    {
      description: 'an integer',
      schema: { $ref: 'http://localhost:1234/integer.json' },
      tests: [test('a text is said not to fit', 1, false), test('a fraction fails', 1.5, false)],
    },
    { description: 'nowhere', schema: { $ref: '#/a' }, tests: [test('anything', 1, true)] },
  ],
  'tests/draft2020-12/format.json': [
    { description: 'email', schema: { format: 'email' }, tests: [test('is an annotation', 'x', true)] },
  ],
  'tests/draft2020-12/optional/format/email.json': [
    { description: 'email', schema: { format: 'email' }, tests: [test('is checked', 'x', false)] },
    { description: 'colour', schema: { format: 'colour' }, tests: [test('is not known', 'x', true)] },
  ],
  'tests/draft2020-12/defs.json': [
    {
      description: 'the metaschema',
      schema: { $ref: 'https://json-schema.org/draft/2020-12/schema' },
      tests: [test('a schema', { type: 'string' }, true), test('no schema', { type: 1 }, false)],
    },
  ],
  'remotes/integer.json': { type: 'integer' },
}

let folder = ''
let run = { code: 0, output: '' }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wirepact-suite-'))
  for (const [path, content] of Object.entries(suite)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), JSON.stringify(content))
  }
  run = await runScript('json-schema', folder)
})

afterAll(() => rm(folder, { recursive: true, force: true }))

function runScript(...args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: Number(error?.code ?? 0), output: stdout + stderr })
    })
  })
}

/** The numbers of a line of the table: tests, right, refused, wrong. */
function rowOf(name: string): readonly number[] {
  const line = run.output.split('\n').find((text) => text.startsWith(`${name} `)) ?? ''
  return line.slice(name.length).trim().split(/\s+/).map(Number)
}

describe('npm run conformance', () => {
  it('counts what is right, refused and wrong, in each file and in each part of the suite', () => {
    expect(rowOf('type.json')).toEqual([5, 2, 1, 2])
    expect(rowOf('defs.json')).toEqual([2, 2, 0, 0])
    expect(rowOf('all of required')).toEqual([8, 5, 1, 2])
    expect(rowOf('all of optional/format')).toEqual([2, 1, 1, 0])
  })

  it('takes formats for annotations, and checks them where the suite asks for that', () => {
    expect(rowOf('format.json')).toEqual([1, 1, 0, 0])
    expect(rowOf('optional/format/email.json')).toEqual([2, 1, 1, 0])
  })

  it('lists what is refused, with the reason', () => {
    expect(run.output).toMatch(/type\.json, nowhere\n +UNKNOWN_REF at \/: There is no schema "#\/a"\./)
    expect(run.output).toMatch(/email\.json, colour\n/)
  })

  it('lists every wrong verdict, with its value', () => {
    expect(run.output).toMatch(/type\.json, a string, a number is said to fit: wrong refusal\n +1\n/)
    expect(run.output).toMatch(/type\.json, an integer, a text is said not to fit: wrong accept\n +1\n/)
  })

  it('fails for one wrong accept, and for fewer right ones than the marks ask for', () => {
    expect(run.code).toBe(1)
    expect(run.output).toContain('1 values were accepted that do not fit.')
    expect(run.output).toContain('required: 5 of 8 are right, and 1290 have to be.')
    expect(run.output).toContain('optional/format: 1 of 2 are right, and 652 have to be.')
  })

  it('says how it is used', async () => {
    const { code, output } = await runScript()
    expect(code).toBe(1)
    expect(output).toContain('npm run conformance -- json-schema DIR')
  })
})
