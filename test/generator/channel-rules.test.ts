import { describe, expect, test } from 'vitest'
import { formatWarnings } from 'wirepact/compiler'
import { run } from './cli-world.js'
import { apiSource, createFolder, problemsOf, readText, routeSource, warningsOf } from './load-source.js'
import { routesSource } from './rules-of-channels.js'

const named = (key: string, name: string, more = '') =>
  `${key}: channel({ name: '${name}', messages: {}${more} })`
const open = `, join: 'open'`
const guarded = `, join: 'guarded'`

describe('channels of one route', () => {
  test.each([
    ['one template within another, the wider one first', ['{kind}/{key}', 'vault/{key}', 'vault/door']],
    ['the other order', ['vault/door', 'vault/{key}', '{kind}/{key}']],
    ['what another number of segments tells apart', ['a/{x}', '{y}/b/c', '{z}']],
    ['what text tells apart', ['a/{x}/c', '{y}/b/d', 'b/{x}/c']],
    ['two that meet where a third one is as specific as can be', ['a/{x}', '{y}/b', 'a/b']],
    ['two that meet where a third one fits everything that both do', ['a/{x}/{z}', '{y}/b/{z}', 'a/b/{q}']],
  ])('may be %s', async (_what, names) => {
    const channels = names.map((name, index) => named(`c${index}`, name, index === 0 ? open : guarded))
    const source = routeSource(`path: '/', channels: { ${channels.join(', ')} }`)
    expect(await problemsOf(source)).toEqual([])
    expect(await warningsOf(source)).toEqual([])
  })

  test.each([
    ['a third one that fits some of what both do', ['a/{x}/{z}', '{y}/b/{z}', 'a/b/c']],
    ['the same content', ['room/{a}', 'room/{b}']],
    ['the same text', ['lobby', 'lobby']],
  ])('may not meet with %s', async (_what, names) => {
    const channels = names.map((name, index) => named(`c${index}`, name))
    const problems = await problemsOf(routeSource(`path: '/', channels: { ${channels.join(', ')} }`))
    expect(problems).toEqual([expect.stringContaining('DUPLICATE_CHANNEL')])
  })

  test('are suggested a name that nothing else has', async () => {
    const channels = [
      named('list', '{y}/b'),
      named('views', 'a/{x}'),
      named('a', 'views/a/{x}'),
      named('b', '{x}/b'),
    ]
    expect(await problemsOf(routeSource(`path: '/', channels: { ${channels.join(', ')} }`))).toEqual([
      expect.stringMatching(/^'a\/\{x\}'.* neither of them is more specific: begin one with other text\.$/),
      expect.stringMatching(/^'\{x\}\/b'.* which nothing tells apart\. \[b\/\{x\}\/b\]$/),
    ])
  })
})

describe('one channel on two routes', () => {
  const room = (parameter: string, more = '') =>
    `room: channel({ name: 'room/{${parameter}}', messages: { said: Type.String() }${more} })`

  test.each([
    ['', ''],
    [`, presence: Type.Boolean()`, `, presence: presence({ data: Type.Boolean() })`],
    [`, join: 'open', history: { ttlMs: 5 }`, `, history: { ttlMs: 5 }, join: 'open'`],
  ])('is declared alike: %s and %s', async (a, b) => {
    expect(await problemsOf(routesSource(room('x', a), room('y', b)))).toEqual([])
  })

  test.each([
    ['join', guarded],
    ['auth', `, auth: 'required'`],
    ['history', `, history: {}`],
    ['latest', `, latest: true`],
    ['presence', `, presence: Type.Boolean()`],
    ['who is a member', `, presence: presence({ show: 'count' })`],
    ['the types of its parameters', `, params: Type.Object({ y: Type.Integer() })`],
  ])('is refused with other options: %s', async (_what, more) => {
    expect(await problemsOf(routesSource(room('x'), room('y', more)))).toEqual([
      expect.stringContaining('DUPLICATE_CHANNEL This channel has the same name as routes.a.channels.room'),
    ])
  })

  test.each([
    `event({ data: Type.String(), backpressure: 'drop' })`,
    `event({ data: Type.String(), history: false })`,
    `binary()`,
  ])('is refused with another message: %s', async (message) => {
    const other = `room: channel({ name: 'room/{y}', messages: { said: ${message} }, history: {} })`
    expect(await problemsOf(routesSource(room('x', ', history: {}'), other))).toEqual([
      expect.stringContaining('DUPLICATE_CHANNEL'),
    ])
  })

  test.each([
    ['binary()', 'Type.Unsafe({})', 1],
    ['binary({ maxBytes: 5 })', 'binary({ maxBytes: 6 })', 1],
    [`binary({ maxBytes: 5, description: 'A.' })`, `binary({ maxBytes: 5, description: 'B.' })`, 0],
  ])('with %s here and %s there has %i problems', async (a, b, count) => {
    const [one, other] = [a, b].map((data) => `room: channel({ name: 'room', messages: { said: ${data} } })`)
    expect(await problemsOf(routesSource(one ?? '', other ?? ''))).toHaveLength(count)
  })

  test('may be for others on each, by what the routes ask for: it is shared on purpose', async () => {
    const source = routesSource(room('x', open), room('y', open), { a: `auth: ['admin'],`, b: '' })
    expect(await warningsOf(source)).toEqual([])
  })
})

describe('a channel that another route guards', () => {
  const any = named('any', '{kind}/{key}', open)
  const vault = named('vault', 'vault/{id}', guarded)
  const none = { a: '', b: '' }

  test.each([
    ['open on the first route', any, vault, none, 'vault/{key}'],
    ['open on the second route', vault, any, none, 'vault/{id}'],
    ['joined by handlers alone', any, named('vault', 'vault/{id}'), none, 'vault/{key}'],
    ['for some', any, named('vault', 'vault/{id}', `${open}, auth: ['v']`), none, 'vault/{key}'],
    [
      'for those of its route',
      any,
      named('vault', 'vault/{id}', open),
      { ...none, b: `auth: ['v'],` },
      'vault/{key}',
    ],
    ['one name of many', any, named('vault', 'vault/door', guarded), none, 'vault/door'],
    ['met in one name', named('any', '{kind}/door', open), vault, none, 'vault/door'],
    ['wider', named('any', 'vault/door', open), vault, none, 'vault/door'],
  ])('is warned of where it is %s', async (_what, a, b, more, names) => {
    expect(await warningsOf(routesSource(a, b, more))).toMatchObject([
      {
        code: 'UNGUARDED_CHANNEL',
        message: expect.stringContaining(`Whoever connects may subscribe to ${names} here,`),
        path: expect.stringMatching(/\.any\.join$/),
        suggestion: "join: 'guarded'",
      },
    ])
  })

  test('is warned of where everybody who was granted anything comes in', async () => {
    const known = named('any', '{kind}/{key}', `${open}, auth: 'required'`)
    expect(await warningsOf(routesSource(known, vault))).toMatchObject([
      {
        message: expect.stringContaining(
          'Everybody who was granted anything may subscribe to vault/{key} here',
        ),
      },
    ])
  })

  test('is told what would be as closed', async () => {
    const source = routesSource(any, named('vault', 'vault/{id}', `${open}, auth: 'required'`))
    expect(await warningsOf(source)).toMatchObject([{ suggestion: "auth: 'required'" }])
  })

  test.each([
    ['guarded on both', named('any', '{kind}/{key}', guarded), vault, none],
    ['for some on the other one', named('any', '{kind}/{key}', `${open}, auth: ['admin']`), vault, none],
    ['for those of a route that asks for scopes', any, vault, { ...none, a: `auth: ['admin'],` }],
    ['declared on both, so that it is guarded on both', `${any}, ${vault}`, vault, none],
    ['open on both', any, named('vault', 'vault/{id}', open), none],
    ['of other names', named('any', 'hall/{key}', open), vault, none],
  ])('is not warned of where it is %s', async (_what, a, b, more) => {
    expect(await warningsOf(routesSource(a, b, more))).toEqual([])
  })

  test('counts what a router asks for', async () => {
    const source = apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      a: router({ auth: ['admin'], routes: { any: route({ path: '/a', channels: { ${any} } }) } }),
      b: route({ path: '/b', channels: { ${vault} } }),
    } })`)
    expect(await warningsOf(source)).toEqual([])
  })

  test('is shown once for each open channel, at its place', async () => {
    const source = routesSource(any, `${vault}, ${named('safe', 'safe/{id}', guarded)}`)
    const warnings = await warningsOf(source)
    const cwd = (warnings[0]?.site?.file ?? '').replace(/.schema\.ts$/, '')
    const lines = formatWarnings(warnings, { cwd, read: () => source }).split('\n')
    expect(lines).toEqual([
      'schema.ts:3:100 warning UNGUARDED_CHANNEL Whoever connects may subscribe to vault/{key} here, and not to the same channel at routes.b.channels.vault (and 1 more).',
      expect.stringMatching(/^ {2}2 \| /),
      expect.stringMatching(/^> 3 \| .*join: 'open'/),
      expect.stringMatching(/^ {4}\| +\^$/),
      expect.stringMatching(/^ {2}4 \| /),
      '  at routes.a.channels.any.join',
      "  Did you mean join: 'guarded'?",
      '',
      '',
    ])
  })

  test('keeps nothing from being written, and is shown every time, also by --check', async () => {
    const folder = createFolder({ 'schema.ts': routesSource(any, vault) })
    const first = await run(folder, ['generate'])
    expect(first).toMatchObject({ code: 0, err: expect.stringContaining('warning UNGUARDED_CHANNEL') })
    expect(readText(folder, 'generated/a/types.ts')).toBe('// /a\n')
    for (const args of [['generate'], ['generate', '--check'], ['generate', '--dry-run']])
      expect(await run(folder, args)).toMatchObject({ code: 0, err: first.err })
  })
})
