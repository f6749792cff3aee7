import { Parser } from '@asyncapi/parser'
import { describe, expect, it } from 'vitest'
import { type ApiIr, emitAsyncApi } from 'wirepact/compiler'
import { deskIr } from './asyncapi-ir.js'
import { chatIr } from './chat-ir.js'
import { everythingIr } from './everything-ir.js'
import { languageIr } from './language-ir.js'

/** A part of a document, as far as the tests look into it. */
type Part = Readonly<Record<string, unknown>>
interface Document {
  readonly channels: Readonly<Record<string, Part>>
  readonly operations: Readonly<Record<string, Part>>
  readonly components: { readonly schemas: Part }
}

const parser = new Parser()
const read = (api: ApiIr, perspective?: 'server' | 'client') =>
  JSON.parse(emitAsyncApi(api, perspective && { perspective })) as Document

const apis = { chat: chatIr, language: languageIr, everything: everythingIr, desk: deskIr }

describe.each(Object.entries(apis))('the AsyncAPI document of the API %s', (name, api) => {
  // The parser is slow: the other perspective differs in nothing but actions, so that two APIs prove it.
  const perspectives =
    name === 'chat' || name === 'language' ? (['server', 'client'] as const) : ['server' as const]
  it.each(perspectives)("is accepted by the parser without errors, as the %s's", async (perspective) => {
    const { document, diagnostics } = await parser.parse(emitAsyncApi(api, { perspective }))
    expect(diagnostics.filter((one) => one.severity === 0)).toEqual([])
    expect(document?.version()).toBe('3.1.0')
    expect(document?.channels().all()).toHaveLength(api.routes.length)
  })

  it('is the same on every run, in any order of schemas', () => {
    expect(emitAsyncApi({ ...api, schemas: [...api.schemas].reverse() })).toBe(emitAsyncApi(api))
  })
})

describe('the AsyncAPI document', () => {
  const noItems = { type: 'array', prefixItems: [], items: false }
  it.each([true, false, noItems])('is accepted where a whole payload is the schema %j', async (schema) => {
    const schemas = chatIr.schemas.map((one) => (one.name === 'ChatNotice' ? { ...one, schema } : one))
    const { diagnostics } = await parser.parse(emitAsyncApi({ ...chatIr, schemas }))
    expect(diagnostics.filter((one) => one.severity === 0)).toEqual([])
  })

  it('turns sending and receiving around with the perspective', () => {
    const actions = (perspective: 'server' | 'client') =>
      Object.entries(read(deskIr, perspective).operations).map(([name, { action }]) => `${name} ${action}`)
    expect(actions('server')).toContain('desk.move receive')
    expect(actions('server')).toContain('desk.drawn send')
    expect(actions('server')).toContain('desk.hall.moved send')
    expect(actions('client')).toContain('desk.move send')
    expect(actions('client')).toContain('desk.drawn receive')
  })

  it('describes what goes over the wire: the frame around a payload, with the id that answers repeat', () => {
    expect(read(deskIr)).toMatchObject({
      channels: {
        desk: {
          messages: {
            book: {
              correlationId: { location: '$message.payload#/1' },
              payload: {
                items: [
                  { const: 'request' },
                  { type: 'integer' },
                  { const: 'book' },
                  { $ref: '#/components/schemas/Row' },
                ],
              },
            },
            'book.error.FULL': {
              payload: {
                items: [
                  { const: 'error' },
                  {},
                  { properties: { code: { const: 'FULL' }, declared: { const: true } } },
                ],
              },
            },
            move: { examples: [{ payload: ['event', 'move', { id: 'a' }] }] },
          },
        },
      },
    })
  })

  it('answers a request by its reply, its errors and those of the protocol, through the channel', () => {
    const reply = read(deskIr).operations['desk.book']?.reply
    const through = (key: string) => ({ $ref: `#/channels/desk/messages/${key}` })
    expect(reply).toEqual({
      channel: { $ref: '#/channels/desk' },
      messages: ['book.reply', 'book.error.FULL', 'book.error.GONE', 'wirepact.error'].map(through),
    })
  })

  it('writes schemas in the dialect of draft-07', () => {
    const { schemas } = read(deskIr).components
    expect(schemas.Row).toMatchObject({
      properties: {
        cells: { items: [{ type: 'string' }, { type: 'number' }], additionalItems: false },
        owner: { description: 'Who has it.', allOf: [{ $ref: '#/components/schemas/Person' }] },
        extra: { dependencies: { a: { allOf: [{ required: ['c'] }, { required: ['b'] }] } } },
      },
    })
    expect(JSON.stringify(schemas)).not.toMatch(/prefixItems|\$defs|dependentRequired/)
  })

  it('has the query and the headers of a route in its bindings, and parameters as strings', () => {
    const { desk } = read(deskIr).channels
    expect(desk).toMatchObject({
      address: '/desks/{deskId}/{view}/{rest}',
      parameters: {
        deskId: { description: 'The desk.', examples: ['7'], 'x-wirepact-schema': { type: 'integer' } },
        view: { enum: ['full', 'small'], default: 'full' },
        rest: { 'x-wirepact-rest': true },
      },
      bindings: {
        ws: {
          query: { type: 'object', properties: { since: { format: 'date-time' } } },
          headers: { type: 'object', required: ['x-tenant'] },
          bindingVersion: '0.1.0',
        },
      },
    })
  })

  it('keeps our own facts under x-wirepact-', () => {
    const document = read(deskIr)
    expect(document).toMatchObject({
      info: { 'x-wirepact-contract': '00112233aabbccdd' },
      channels: {
        desk: {
          'x-wirepact-wire': 'wirepact',
          'x-wirepact-auth': ['desk:read'],
          'x-wirepact-subprotocols': ['desk.v2', 'desk.v1'],
          'x-wirepact-cookies': { $ref: '#/components/schemas/DeskCookies' },
          'x-wirepact-channels': {
            hall: {
              name: 'hall/{floor}',
              join: 'guarded',
              history: { maxMessages: 100, replay: 5 },
              presence: { $ref: '#/components/schemas/Person' },
            },
          },
          messages: {
            move: {
              'x-wirepact-policies': { delivery: 'acknowledged', rateLimit: { perSecond: 5, burst: 10 } },
            },
            upload: {
              contentType: 'application/octet-stream',
              'x-wirepact-binary': { mediaType: 'image/png', maxBytes: 65_536 },
            },
            poke: { 'x-wirepact-deprecated': true },
          },
        },
      },
      operations: { 'desk.rows': { 'x-wirepact-stream': true } },
      'x-wirepact-close-codes': { 4002: { name: 'SLOW_CONSUMER', comesBack: true } },
      'x-wirepact-errors': { FORBIDDEN: { http: 403, close: 4503 } },
    })
  })

  it('describes a bare route by its payloads alone', () => {
    const channel = read(deskIr).channels['wire.24.']
    expect(channel).toMatchObject({
      'x-wirepact-discriminator': 'type',
      messages: {
        hello: {
          payload: { $ref: '#/components/schemas/WireHello' },
          examples: [{ payload: { name: 'Ada' } }],
        },
        plain: { contentType: 'text/plain' },
        screen: { contentType: 'image/png' },
      },
    })
  })

  it('leaves out the state, which never goes over the wire, and what only the state refers to', () => {
    const { schemas } = read(deskIr).components
    expect(Object.keys(schemas)).toContain('Person')
    expect(Object.keys(schemas)).not.toContain('DeskState')
    expect(Object.keys(schemas)).not.toContain('Secret')
  })
})
