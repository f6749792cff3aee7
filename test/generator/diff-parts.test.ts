import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type ApiIr, diffApis, kinds } from 'wirepact/compiler'
import { chatIr } from './chat-ir.js'
import { partCases } from './diff-part-cases.js'
import { schemaCases } from './diff-schema-cases.js'
import { api, chat, event, object, room, wire } from './diff-world.js'
import { everythingIr } from './everything-ir.js'

describe('a change of an API', () => {
  for (const [kind, name, before, after, as] of partCases) {
    it(`${kind} is ${as}: ${name}`, () => {
      const changes = diffApis(before, after)
      expect(changes.map((change) => [change.kind, change.class])).toContainEqual([kind, as])
      expect(changes.filter((change) => change.kind !== kind)).toEqual([])
    })
  }
})

describe('the list of kinds', () => {
  it('has a case for each kind, so that none is without a test', () => {
    const tested = new Set([...partCases.map(([kind]) => kind), ...schemaCases.map(({ kind }) => kind)])
    // Its test stands with those of shared types.
    expect(Object.keys(kinds).filter((kind) => !tested.has(kind as never))).toEqual(['TYPE_RENAMED'])
  })

  it('is in the documentation, with the verdicts and the reasons', () => {
    const text = readFileSync(new URL('../../docs/diff.md', import.meta.url), 'utf8')
    const rows = Object.entries(kinds).map(([kind, { toServer, toClient }]) => {
      const cell = (verdict: typeof toServer) => `${verdict.class}: ${verdict.why}`
      const same = cell(toServer) === cell(toClient)
      return `| \`${kind}\` | ${cell(toServer)} | ${same ? '(the same)' : cell(toClient)} |`
    })
    const documented = text.split('\n').filter((line) => /^\| `[A-Z_]+` \|/.test(line))
    expect(documented).toEqual(rows)
  })
})

describe('two versions', () => {
  const reversed = (ir: ApiIr): ApiIr => ({ ...ir, schemas: [...ir.schemas].reverse() })

  it('that are equal have no changes', () => {
    expect(diffApis(chatIr, structuredClone(chatIr))).toEqual([])
    expect(diffApis(everythingIr, reversed(everythingIr))).toEqual([])
  })

  it('that have nothing in common are compared in the same order every time, worst first', () => {
    const changes = diffApis(chatIr, everythingIr)
    expect(diffApis(reversed(chatIr), reversed(everythingIr))).toEqual(changes)
    const classes = changes.map((change) => change.class)
    expect(classes).toEqual(
      ['wire-breaking', 'source-breaking', 'compatible'].flatMap((one) =>
        classes.filter((other) => one === other),
      ),
    )
  })

  it('with a renamed route do not report every type that is called after it', () => {
    const before = api([chat({ clientToServer: [event({ data: 'ChatSay' })] })], { ChatSay: object({}) })
    const route = chat({
      name: 'talk',
      typeName: 'Talk',
      clientToServer: [event({ typeName: 'TalkSay', data: 'TalkSay' })],
    })
    expect(diffApis(before, api([route], { TalkSay: object({}) })).map(({ kind }) => kind)).toEqual([
      'ROUTE_RENAMED',
    ])
  })

  it('of a bare route that has several messages now are compared by what the messages carry', () => {
    const only = (type: string) => object({ type: { const: type } })
    const schemas = { ChatA: only('a'), ChatB: only('b') }
    const say = (name: string, data: string) => event({ name, typeName: `Chat${name}`, data })
    const before = api([chat({ wire: 'bare', clientToServer: [say('a', 'ChatA')] })], schemas)
    const both = [say('a', 'ChatA'), say('b', 'ChatB')]
    const after = api([chat({ wire: 'bare', discriminator: 'type', clientToServer: both })], schemas)
    expect(diffApis(before, after)).toMatchObject([{ kind: 'BARE_MESSAGE_ADDED', class: 'compatible' }])
    const old = api([chat({ wire: 'bare', clientToServer: [say('a', 'ChatText')] })], schemas)
    expect(diffApis(old, after).some((change) => change.class === wire)).toBe(true)
  })

  it('whose channel renamed a parameter compare the types of the parameter under its new name', () => {
    const version = (name: string, type: string) =>
      api(
        [
          chat({
            channels: [room({ name: `room/{${name}}`, paramTypes: { schema: 'RoomParams', convert: [] } })],
          }),
        ],
        { RoomParams: object({ [name]: { type } }) },
      )
    expect(diffApis(version('a', 'string'), version('b', 'integer'))).toMatchObject([
      { kind: 'TYPE_CHANGED', class: wire, where: 'routes.chat.channels.room.params.b' },
      { kind: 'CHANNEL_PARAMETER_RENAMED' },
    ])
  })
})
