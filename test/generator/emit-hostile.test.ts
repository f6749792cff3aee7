import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Validator } from '@wirepact/protocol'
import type { ApiDefinition } from '@wirepact/runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiIr, emitApi, type JsonSchema, type RouteIr } from 'wirepact/compiler'
import { compile, removeEmitted, writeEmitted } from './compile-emitted.js'

const trap = 'globalThis.escaped = true'

/** Texts that have ended a comment, a string or a template in one generator or another. */
const texts = [
  `*/ ${trap} /*`,
  `*\\/ ${trap} //`,
  `\`; ${trap}; \``,
  `$\u007b${trap}}`,
  `'; ${trap}; '`,
  `"; ${trap}; "`,
  `\\'; ${trap}; //`,
  `\n${trap}\n`,
  `\r${trap}`,
  `\u2028${trap}\u2029`,
  `</script><script>${trap}</script>`,
  `// ${trap}`,
  `<!-- ${trap} -->`,
  `\u0001 \u0000 \u200e \ufeff`,
  '@example */',
  '@typedef {import("fs")} x',
  '👩‍🚀 ünïcödé',
  '\ud800',
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  'toString',
  'then',
  'default',
  'class',
  'await',
  '../../escape',
  '',
  ' ',
  '0',
  '-1',
  '1e3',
  'a.b',
  'a-b',
  '[proto]',
  '[then]: ',
]

const everyText = (value: JsonSchema): Record<string, JsonSchema> =>
  Object.fromEntries(texts.map((text) => [text, value]))

const hostile: Record<string, JsonSchema> = {
  HostileKeys: { type: 'object', required: texts, properties: everyText({ type: 'integer' }) },
  HostileClosed: { type: 'object', properties: everyText(true), additionalProperties: false },
  HostileEnum: { enum: texts },
  HostileConst: { const: Object.fromEntries(texts.map((text) => [text, [text]])) },
  HostileUnion: {
    anyOf: texts.map((text) => ({
      type: 'object',
      required: ['type', text],
      properties: { type: { const: text }, [text]: { const: text } },
    })),
  },
  HostilePattern: { type: 'string', pattern: "^(/|\\*/|`|\\$\\{x\\}|'|\u2028|\n)$" },
  HostileNames: { type: 'object', propertyNames: { enum: texts }, dependentRequired: { class: ['a.b'] } },
  HostileWords: {
    type: 'object',
    properties: Object.fromEntries(
      texts.map((text, index) => [
        `word${index}`,
        { type: 'string', description: text, title: text, default: text, examples: [text, { [text]: text }] },
      ]),
    ),
    description: texts.join(' '),
  },
}

const words = ['class', 'delete', 'typeof', 'arguments', 'eval', 'await', 'yield', 'toString', 'valueOf']
const said = { description: texts.join('\n'), examples: [texts], deprecated: true }

function route(name: string, typeName: string): RouteIr {
  return {
    ...said,
    name,
    typeName,
    path: "/it's/`$\u007bx}`",
    params: null,
    query: null,
    subprotocols: texts,
    auth: texts,
    clientToServer: words.map((word) => ({
      ...said,
      kind: 'request',
      name: word,
      typeName: `${typeName}${word.slice(0, 1).toUpperCase()}${word.slice(1)}`,
      input: 'HostileKeys',
      output: 'HostileWords',
      errors: [{ code: 'CONSTRUCTOR', data: null }],
      auth: texts,
    })),
    serverToClient: words.map((word) => ({
      ...said,
      kind: 'event',
      name: `${word}Sent`,
      typeName: `${typeName}Sent${word}`,
      data: 'HostileEnum',
      backpressure: { policy: 'latest', key: '__proto__' },
    })),
    channels: [
      {
        ...said,
        key: 'hasOwnProperty',
        typeName: `${typeName}Default`,
        name: 'room/`$\u007bx}`',
        params: [],
        join: 'guarded',
        messages: [
          {
            ...said,
            kind: 'event',
            name: 'then',
            typeName: `${typeName}Then`,
            data: 'HostileUnion',
            history: true,
          },
        ],
        history: {},
        presence: 'HostileNames',
      },
    ],
  }
}

const api: ApiIr = {
  ...said,
  title: texts.join(''),
  version: `1.0.0 */ ${trap}`,
  contract: '0123456789abcdef',
  routes: [
    route('default', 'Default'),
    route('import', 'Import'),
    route('shared', 'Shared'),
    route('Promise', 'Promise'),
  ],
  schemas: [
    ...Object.entries(hostile).map(([name, schema]) => ({ name, schema, route: null })),
    { name: 'Promise', schema: { type: 'integer' }, route: null },
    { name: 'Record', schema: { $ref: '#/$defs/Promise' }, route: 'default' },
    { name: 'HostileBytes', schema: true, route: 'import', content: 'binary', mediaType: texts.join('*/') },
  ],
}

/** Every text as a property, `__proto__` too. */
const everyKey = (value: unknown): unknown =>
  JSON.parse(`{${texts.map((text) => `${JSON.stringify(text)}:${JSON.stringify(value)}`).join()}}`)

describe('an API full of hostile names and texts', () => {
  let folder = ''
  let output = ''
  let files: ReadonlyMap<string, string>
  beforeAll(async () => {
    files = await emitApi(api, { react: true })
    folder = await writeEmitted('emit-hostile', files)
    output = await compile(folder, { compiler: '7', resolution: 'nodenext', emits: true })
  }, 60_000)
  afterAll(() => removeEmitted(folder))

  async function load<Exports>(path: string): Promise<Exports> {
    return (await import(pathToFileURL(join(folder, 'js', path)).href)) as Exports
  }

  it('is written into folders of its routes and nowhere else', () => {
    const folders = new Set([...files.keys()].map((path) => path.split('/').slice(0, -1).join('/')))
    expect([...folders].sort()).toEqual(['', 'Promise', 'default', 'import', 'shared', 'shared2'])
  })

  it('compiles', () => {
    expect(output).toBe('')
  })

  it('loads without running any of it, and leaves the prototypes alone', async () => {
    const inherited = Object.getOwnPropertyNames(Object.prototype)
    for (const path of files.keys()) if (path.endsWith('.ts')) await load(path.replace(/\.ts$/, '.js'))
    expect(globalThis).not.toHaveProperty('escaped')
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(inherited)
  })

  it('says what was said, letter by letter', async () => {
    const { defaultRoute } = await load<{ defaultRoute: ApiDefinition['routes'][number] }>(
      'default/server.js',
    )
    expect(defaultRoute.path).toBe("/it's/`$\u007bx}`")
    expect(defaultRoute.subprotocols).toEqual(texts)
    expect(Object.keys(defaultRoute.receives)).toEqual(words)
    expect(defaultRoute.channels.hasOwnProperty?.name).toBe('room/`$\u007bx}`')
  })

  it('keeps the schemas as they are, for the reasons', async () => {
    const { schemas } = await load<{ schemas: Record<string, JsonSchema> }>('shared2/schemas.js')
    const { HostileWords: _words, ...checked } = hostile
    expect(schemas).toMatchObject(checked)
    expect(Object.keys((schemas.HostileKeys as { properties: object }).properties).sort()).toEqual(
      [...texts].sort(),
    )
  })

  describe('checks', () => {
    const table: [name: string, fits: unknown[], fails: unknown[]][] = [
      [
        'hostileKeys',
        [everyKey(1)],
        [{}, everyKey('1'), Object.fromEntries(texts.slice(1).map((text) => [text, 1]))],
      ],
      ['hostileClosed', [{}, everyKey(1)], [{ other: 1 }]],
      ['hostileEnum', texts, ['other', null, `${texts[0]} `]],
      [
        'hostileConst',
        [JSON.parse(`{${texts.map((text) => `${JSON.stringify(text)}:[${JSON.stringify(text)}]`)}}`)],
        [{}],
      ],
      [
        'hostileUnion',
        texts.filter((text) => text !== '__proto__').map((text) => ({ type: text, [text]: text })),
        [{ type: '' }],
      ],
      ['hostilePattern', ['/', '*/', '`', '$\u007bx}', "'", '\u2028', '\n'], ['', 'x']],
      ['hostileNames', [{ await: 1 }], [{ classes: 1 }, { class: 1 }]],
    ]

    it.each(table)('%s for what it is', async (name, fits, fails) => {
      const validators = await load<Record<string, Validator>>('shared2/validators.js')
      const validator = validators[name] as Validator
      for (const value of fits) expect(validator.check(value), JSON.stringify(value)).toBe(true)
      for (const value of fails) {
        expect(validator.check(value), JSON.stringify(value)).toBe(false)
        expect((await validator.explain(value)).length).toBeGreaterThan(0)
      }
    })
  })
})
