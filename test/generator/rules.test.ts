import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { printProblems, routeSource } from './load-source.js'
import { mistakesOfChannels } from './rules-of-channels.js'
import { mistakesOfMessages } from './rules-of-messages.js'
import { mistakesOfRoutes } from './rules-of-routes.js'
import { mistakesOfSchemas } from './rules-of-schemas.js'

/**
 * Every kind of mistake, and beside it in `golden/mistakes` what `wirepact generate` prints about it: the code, the
 * file, line and column, the code frame, the place in the API and what was probably meant.
 */
const mistakes = { ...mistakesOfRoutes, ...mistakesOfMessages, ...mistakesOfChannels, ...mistakesOfSchemas }

const heading = /^\S+:\d+:\d+ ([A-Z_]+) /gm

const golden = join(import.meta.dirname, 'golden/mistakes')

describe.each(Object.entries(mistakes))('%s', (name, source) => {
  test('is reported as it is written down', async () => {
    const printed = await printProblems(source)
    expect(printed).toMatch(/\d+ problems? found/)
    await expect(printed).toMatchFileSnapshot(join(golden, fileOf(name)))
  })
})

test('there is a golden text for each mistake and for nothing else', () => {
  expect(readdirSync(golden).sort()).toEqual(Object.keys(mistakes).map(fileOf).sort())
})

test('schemas that are too deep or have no end hide nothing else', async () => {
  const source = routeSource(
    `path: '/chat', clientToServer: {
      'two words': event(),
      deep: event({ data: deep }),
      endless: event({ data: Type.Unsafe({ $id: 'One', anyOf: [{ $ref: 'Two' }] }) }),
      other: event({ data: Type.Unsafe({ $id: 'Two', allOf: [{ $ref: 'One' }] }) }),
      wrong: event({ data: Type.String({ minLength: -1 }), examples: [3] }),
    }`,
    `let deep: object = { type: 'string' }\nfor (let level = 0; level < 20_000; level++) deep = { items: deep }\n`,
  )
  const codes = [...(await printProblems(source)).matchAll(heading)].map(([, code]) => code)
  expect(codes.sort()).toEqual([
    'ENDLESS_SCHEMA',
    'INVALID_EXAMPLE',
    'INVALID_NAME',
    'TOO_DEEP',
    'WRONG_KEYWORD_VALUE',
  ])
})

test('more than thirty codes are told apart', () => {
  const texts = readdirSync(golden).map((file) => readFileSync(join(golden, file), 'utf8'))
  const codes = new Set(texts.flatMap((text) => [...text.matchAll(heading)].map(([, code]) => code)))
  expect([...codes].sort()).toMatchInlineSnapshot(`
    [
      "BARE_ROUTE",
      "BINARY_IN_SCHEMA",
      "CODEC_NOT_COMPILABLE",
      "DUPLICATE_CHANNEL",
      "DUPLICATE_KEY",
      "DUPLICATE_MESSAGE",
      "DUPLICATE_PARAM",
      "DUPLICATE_ROUTE",
      "DUPLICATE_ROUTE_NAME",
      "EMPTY_API",
      "ENDLESS_SCHEMA",
      "FORBIDDEN_HEADER",
      "FORBIDDEN_PROPERTY",
      "INDISTINCT_MESSAGES",
      "INVALID_AUTH",
      "INVALID_CHANNEL_NAME",
      "INVALID_COOKIE_NAME",
      "INVALID_ERROR_CODE",
      "INVALID_EXAMPLE",
      "INVALID_HEADER_NAME",
      "INVALID_HISTORY",
      "INVALID_KEY",
      "INVALID_LATEST",
      "INVALID_NAME",
      "INVALID_PATH",
      "INVALID_PATTERN",
      "INVALID_PRESENCE",
      "INVALID_RATE_LIMIT",
      "INVALID_STATE",
      "INVALID_SUBPROTOCOL",
      "MISPLACED_HISTORY",
      "MISPLACED_NAME",
      "MISPLACED_POLICY",
      "MISSING_CHANNEL_PARAM",
      "MISSING_NAME",
      "MISSING_OPTION",
      "MISSING_PATH_PARAM",
      "NOT_A_SCHEMA",
      "NO_JSON_FORM",
      "REFINEMENT_NOT_COMPILABLE",
      "RESERVED_ERROR_CODE",
      "RESERVED_NAME",
      "TOO_DEEP",
      "TYPE_NAME_COLLISION",
      "UNKNOWN_FORMAT",
      "UNKNOWN_KEYWORD",
      "UNKNOWN_OPTION",
      "UNKNOWN_REF",
      "UNKNOWN_TYPE",
      "UNREADABLE_VALUE",
      "UNSUPPORTED_PARAMETER",
      "UNUSED_PARAM",
      "WRONG_KEYWORD_VALUE",
      "WRONG_PART",
      "WRONG_VALUE",
    ]
  `)
  expect(codes.size).toBeGreaterThan(30)
})

function fileOf(mistake: string): string {
  return `${mistake.replace(/[^A-Za-z0-9_]+/g, '-').replace(/^-|-$/g, '')}.txt`
}
