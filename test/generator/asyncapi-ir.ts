import type { ApiIr, EventIr, JsonSchema, SchemaIr } from 'wirepact/compiler'

const object = (properties: Record<string, JsonSchema>, rest: Record<string, unknown> = {}): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...rest,
})

const named: Record<string, JsonSchema> = {
  DeskParams: object({
    deskId: { type: 'integer', minimum: 1, description: 'The desk.', examples: [7] },
    view: { enum: ['full', 'small'], default: 'full' },
    rest: { type: 'string' },
  }),
  DeskQuery: object({ since: { type: 'string', format: 'date-time' } }, { required: [] }),
  DeskHeaders: object({ 'x-tenant': { type: 'string' } }),
  DeskCookies: object({ session: { type: 'string' } }),
  DeskState: object({ user: { $ref: '#/$defs/Person' }, secret: { $ref: '#/$defs/Secret' } }),
  DeskHallParams: object({ floor: { type: 'integer' } }),
  Person: object({ name: { type: 'string' }, boss: { $ref: '#/$defs/Person' } }, { required: ['name'] }),
  Secret: { type: 'string' },
  Row: object({
    id: { type: 'string', description: 'Names the row.' },
    cells: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], items: false },
    owner: { $ref: '#/$defs/Person', description: 'Who has it.' },
    extra: {
      type: 'object',
      dependentRequired: { a: ['b'] },
      dependentSchemas: { a: { required: ['c'] } },
      unevaluatedProperties: false,
    },
  }),
  DeskFull: object({ retryAfterMs: { type: 'integer' } }),
  DeskConfirmInput: object({ question: { type: 'string' } }),
  DeskConfirmOutput: { type: 'boolean' },
  Shape: {
    oneOf: [
      object({ kind: { const: 'circle' }, r: { type: 'number', exclusiveMinimum: 0 } }),
      object({ kind: { const: 'square' }, side: { type: 'number' } }),
    ],
  },
  WireHello: object({ type: { const: 'hello' }, name: { type: 'string' } }),
  WireTick: object({ type: { const: 'tick' }, at: { type: 'integer' } }),
}

const schemas: SchemaIr[] = [
  ...Object.entries(named).map(([name, schema]): SchemaIr => ({ name, schema, route: null })),
  { name: 'WirePlain', schema: { type: 'string', maxLength: 10 }, route: null, content: 'text' as const },
  {
    name: 'Picture',
    schema: true,
    route: null,
    content: 'binary' as const,
    maxBytes: 65_536,
    mediaType: 'image/png',
  },
  { name: 'Bytes', schema: true, route: null, content: 'binary' as const },
].sort((a, b) => (a.name < b.name ? -1 : 1))

const event = (name: string, data: string | null, more: Partial<EventIr> = {}): EventIr => ({
  kind: 'event',
  name,
  typeName: name,
  data,
  ...more,
})

/** An API with one of everything that documents tell about. */
export const deskIr: ApiIr = {
  title: 'Desk & <script>alert(1)</script>',
  version: '3.0.0',
  description: 'What everybody sees.\n\nIn "two" paragraphs.',
  contract: '00112233aabbccdd',
  schemas,
  routes: [
    {
      name: 'desk',
      typeName: 'Desk',
      description: 'One desk.',
      path: '/desks/{deskId}/{view}/{rest*}',
      params: {
        schema: 'DeskParams',
        convert: [
          { name: 'deskId', to: 'integer', repeated: false },
          { name: 'view', to: 'string', repeated: false },
          { name: 'rest', to: 'string', repeated: false },
        ],
      },
      query: { schema: 'DeskQuery', convert: [{ name: 'since', to: 'string', repeated: false }] },
      headers: { schema: 'DeskHeaders', convert: [{ name: 'x-tenant', to: 'string', repeated: false }] },
      cookies: { schema: 'DeskCookies', convert: [{ name: 'session', to: 'string', repeated: false }] },
      subprotocols: ['desk.v2', 'desk.v1'],
      state: 'DeskState',
      auth: ['desk:read'],
      clientToServer: [
        event('move', 'Row', {
          description: 'Moves a row.',
          delivery: 'acknowledged',
          rateLimit: { perSecond: 5, burst: 10 },
          examples: [{ id: 'a', cells: ['x', 1], owner: { name: 'Ada' }, extra: {} }],
        }),
        event('upload', 'Picture'),
        event('poke', null, { deprecated: true }),
        {
          kind: 'request',
          name: 'book',
          typeName: 'DeskBook',
          description: 'Books a row.',
          input: 'Row',
          output: 'Picture',
          errors: [
            { code: 'FULL', data: 'DeskFull' },
            { code: 'GONE', data: null },
          ],
          idempotent: true,
          auth: 'required',
        },
        {
          kind: 'stream',
          name: 'rows',
          typeName: 'DeskRows',
          input: null,
          item: 'Row',
          errors: [{ code: 'FULL', data: 'DeskFull' }],
        },
      ],
      serverToClient: [
        event('drawn', 'Shape', { backpressure: { policy: 'drop' } }),
        {
          kind: 'request',
          name: 'confirm',
          typeName: 'DeskConfirm',
          input: 'DeskConfirmInput',
          output: 'DeskConfirmOutput',
          errors: [],
        },
        { kind: 'stream', name: 'record', typeName: 'DeskRecord', input: null, item: 'Bytes', errors: [] },
      ],
      channels: [
        {
          key: 'hall',
          typeName: 'DeskHall',
          description: 'A floor.',
          name: 'hall/{floor}',
          params: [{ name: 'floor', fromRoute: false }],
          paramTypes: {
            schema: 'DeskHallParams',
            convert: [{ name: 'floor', to: 'integer', repeated: false }],
          },
          auth: 'required',
          join: 'guarded',
          messages: [
            { ...event('moved', 'Row', { backpressure: { policy: 'latest', key: 'id' } }), history: true },
            { ...event('waved', null), history: false },
          ],
          history: { maxMessages: 100, replay: 5 },
          presence: 'Person',
        },
      ],
    },
    {
      name: 'wire$',
      typeName: 'Wire',
      path: '/wire',
      params: null,
      query: null,
      wire: 'bare',
      discriminator: 'type',
      clientToServer: [
        event('hello', 'WireHello', { examples: [{ type: 'hello', name: 'Ada' }] }),
        event('plain', 'WirePlain'),
      ],
      serverToClient: [event('tick', 'WireTick'), event('screen', 'Picture')],
      channels: [],
    },
  ],
}
