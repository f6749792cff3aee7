import type { ApiIr, JsonSchema, RouteIr, SchemaIr } from 'wirepact/compiler'

const object = (properties: Record<string, JsonSchema>, rest: Record<string, unknown> = {}): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...rest,
})

const tagged = (type: string, properties: Record<string, JsonSchema> = {}) =>
  object({ type: { const: type }, ...properties })

function schemasOf(route: string | null, schemas: Record<string, JsonSchema>): SchemaIr[] {
  return Object.entries(schemas).map(([name, schema]) => ({ name, schema, route }))
}

const text = { type: 'string', minLength: 1, maxLength: 2000 }

const studioSchemas: Record<string, JsonSchema> = {
  StudioParams: object({ file: { type: 'string' }, size: { type: 'integer', minimum: 1 } }),
  StudioHeaders: object({ 'x-tenant': { type: 'string', format: 'uuid' } }),
  StudioCookies: { type: 'object', properties: { session: { type: 'string' } } },
  StudioState: object({ user: { $ref: '#/$defs/Person' }, seen: { type: 'integer' } }),
  StudioDraw: object({ shape: { $ref: '#/$defs/Shape' }, id: { type: 'string' } }),
  StudioTranscriptInput: object({ from: { type: 'integer' } }),
  StudioTranscriptItem: object({ at: { type: 'integer' }, text }),
  StudioTranscriptTooOld: object({ oldest: { type: 'integer' } }),
  StudioConfirmInput: object({ question: text }),
  StudioConfirmOutput: { type: 'boolean' },
  StudioConfirmBusy: object({ untilMs: { type: 'integer' } }),
  StudioWatchItem: object({ x: { type: 'number' }, y: { type: 'number' } }),
  StudioSaveOutput: object({ revision: { type: 'integer' } }),
  StudioLayerParams: object({ layer: { type: 'integer', minimum: 0 }, file: { type: 'string' } }),
  StudioLayerMoved: object({ id: { type: 'string' }, x: { type: 'number' } }),
  StudioLayerPresence: { $ref: '#/$defs/Person' },
}

const sharedSchemas: Record<string, JsonSchema> = {
  Person: object({ name: text }, { description: 'Somebody.', examples: [{ name: 'Ada' }] }),
  Shape: {
    description: 'A shape, or a group of shapes.',
    oneOf: [
      object({ kind: { const: 'circle' }, radius: { type: 'number', exclusiveMinimum: 0 } }),
      object({ kind: { const: 'group' }, parts: { type: 'array', items: { $ref: '#/$defs/Shape' } } }),
    ],
  },
}

const tickerSchemas: Record<string, JsonSchema> = {
  TickerSubscribe: tagged('subscribe', {
    symbols: { type: 'array', items: { type: 'string' }, maxItems: 20 },
  }),
  TickerPing: tagged('ping'),
  TickerPrice: tagged('price', { symbol: { type: 'string' }, price: { type: 'number' } }),
  TickerPong: { $ref: '#/$defs/TickerPongMessage' },
  TickerPongMessage: object({ type: { enum: ['pong'] } }),
}

const bytes: readonly SchemaIr[] = [
  {
    name: 'StudioUploadInput',
    schema: true,
    route: 'studio',
    content: 'binary',
    maxBytes: 1_048_576,
    mediaType: 'image/png',
  },
  { name: 'StudioFrame', schema: true, route: 'studio', content: 'binary' },
  { name: 'StudioLayerPixels', schema: true, route: 'studio', content: 'binary', maxBytes: 65_536 },
  { name: 'ShellScreen', schema: true, route: 'shell', content: 'binary' },
  { name: 'ShellKeys', schema: { type: 'string', maxLength: 64 }, route: 'shell', content: 'text' },
]

const studio: RouteIr = {
  name: 'studio',
  typeName: 'Studio',
  description: 'Where pictures are drawn together.',
  path: '/studio/{size}/{file*}',
  params: {
    schema: 'StudioParams',
    convert: [
      { name: 'size', to: 'integer', repeated: false },
      { name: 'file', to: 'string', repeated: false },
    ],
  },
  query: null,
  headers: { schema: 'StudioHeaders', convert: [{ name: 'x-tenant', to: 'string', repeated: false }] },
  cookies: { schema: 'StudioCookies', convert: [{ name: 'session', to: 'string', repeated: false }] },
  subprotocols: ['studio.v2', 'studio.v1'],
  state: 'StudioState',
  auth: 'required',
  clientToServer: [
    {
      kind: 'event',
      name: 'draw',
      typeName: 'StudioDraw',
      data: 'StudioDraw',
      description: 'Draws a shape.',
      examples: [{ shape: { kind: 'circle', radius: 2 }, id: 'c1' }],
      delivery: 'acknowledged',
      rateLimit: { perSecond: 20, burst: 40 },
      auth: ['draw', 'edit'],
    },
    { kind: 'event', name: 'clear', typeName: 'StudioClear', data: null, auth: 'required' },
    {
      kind: 'request',
      name: 'upload',
      typeName: 'StudioUpload',
      input: 'StudioUploadInput',
      output: null,
      errors: [],
      auth: ['upload'],
    },
    {
      kind: 'request',
      name: 'save',
      typeName: 'StudioSave',
      input: null,
      output: 'StudioSaveOutput',
      errors: [{ code: 'READ_ONLY', data: null }],
      idempotent: true,
      deprecated: true,
    },
    {
      kind: 'stream',
      name: 'transcript',
      typeName: 'StudioTranscript',
      description: 'What was said, oldest first.',
      input: 'StudioTranscriptInput',
      item: 'StudioTranscriptItem',
      errors: [{ code: 'TOO_OLD', data: 'StudioTranscriptTooOld' }],
      rateLimit: { perSecond: 1, burst: 2 },
    },
    { kind: 'stream', name: 'film', typeName: 'StudioFilm', input: null, item: 'StudioFrame', errors: [] },
  ],
  serverToClient: [
    {
      kind: 'event',
      name: 'frame',
      typeName: 'StudioFrame',
      data: 'StudioFrame',
      backpressure: { policy: 'drop' },
    },
    {
      kind: 'request',
      name: 'confirm',
      typeName: 'StudioConfirm',
      description: 'Asks the person.',
      input: 'StudioConfirmInput',
      output: 'StudioConfirmOutput',
      errors: [{ code: 'BUSY', data: 'StudioConfirmBusy' }],
    },
    { kind: 'request', name: 'wake', typeName: 'StudioWake', input: null, output: null, errors: [] },
    {
      kind: 'stream',
      name: 'watch',
      typeName: 'StudioWatch',
      input: null,
      item: 'StudioWatchItem',
      errors: [],
    },
  ],
  channels: [
    {
      key: 'layer',
      typeName: 'StudioLayer',
      name: 'layer/{file}/{layer}',
      params: [
        { name: 'file', fromRoute: true },
        { name: 'layer', fromRoute: false },
      ],
      paramTypes: {
        schema: 'StudioLayerParams',
        convert: [
          { name: 'file', to: 'string', repeated: false },
          { name: 'layer', to: 'integer', repeated: false },
        ],
      },
      auth: ['look'],
      join: 'guarded',
      messages: [
        {
          kind: 'event',
          name: 'moved',
          typeName: 'StudioLayerMoved',
          data: 'StudioLayerMoved',
          history: true,
          backpressure: { policy: 'latest', key: 'id' },
        },
        {
          kind: 'event',
          name: 'pixels',
          typeName: 'StudioLayerPixels',
          data: 'StudioLayerPixels',
          history: false,
        },
      ],
      history: { maxMessages: 1, ttlMs: 90_000, replay: 1 },
      presence: 'StudioLayerPresence',
      deprecated: true,
    },
  ],
}

const ticker: RouteIr = {
  name: 'ticker',
  typeName: 'Ticker',
  path: '/ticker',
  params: null,
  query: null,
  wire: 'bare',
  discriminator: 'type',
  clientToServer: [
    { kind: 'event', name: 'subscribe', typeName: 'TickerSubscribe', data: 'TickerSubscribe' },
    { kind: 'event', name: 'ping', typeName: 'TickerPing', data: 'TickerPing' },
  ],
  serverToClient: [
    { kind: 'event', name: 'priced', typeName: 'TickerPriced', data: 'TickerPrice' },
    { kind: 'event', name: 'pong', typeName: 'TickerPong', data: 'TickerPong' },
  ],
  channels: [],
}

const shell: RouteIr = {
  name: 'shell',
  typeName: 'Shell',
  path: '/shell',
  params: null,
  query: null,
  wire: 'bare',
  clientToServer: [{ kind: 'event', name: 'keys', typeName: 'ShellKeys', data: 'ShellKeys' }],
  serverToClient: [{ kind: 'event', name: 'screen', typeName: 'ShellScreen', data: 'ShellScreen' }],
  channels: [],
}

/** What the language has beside events, requests and plain channels. */
export const languageIr: ApiIr = {
  title: 'Studio',
  version: '1.0.0',
  contract: '0123456789abcdef',
  schemas: [
    ...schemasOf('studio', studioSchemas),
    ...schemasOf(null, sharedSchemas),
    ...schemasOf('ticker', tickerSchemas),
    ...bytes,
  ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  routes: [studio, ticker, shell],
}
