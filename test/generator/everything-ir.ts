import type { ApiIr, ChannelIr, JsonSchema, SchemaIr } from 'wirepact/compiler'

const object = (properties: Record<string, JsonSchema>, rest: Record<string, unknown> = {}): JsonSchema => ({
  type: 'object',
  required: Object.keys(properties),
  properties,
  ...rest,
})

const gameSchemas: Record<string, JsonSchema> = {
  GameParams: object({ gameId: { type: 'integer', minimum: 1 }, isRanked: { type: 'boolean' } }),
  GameQuery: {
    type: 'object',
    properties: { tag: { type: 'array', items: { type: 'string' }, maxItems: 3 }, since: { type: 'number' } },
  },
  GameMoveInput: {
    description: 'One move: ends neither the comment */ nor a `template $\u007bliteral}`.',
    anyOf: [
      object(
        { kind: { const: 'step' }, by: { type: 'integer', exclusiveMinimum: 0 } },
        { additionalProperties: false },
      ),
      object({ kind: { const: 'jump' }, to: { $ref: '#/$defs/Point' } }, { additionalProperties: false }),
      { type: 'null' },
    ],
  },
  GameMoveOutput: { $ref: '#/$defs/Tree' },
  GameMoveIllegal: object({ reason: { type: 'string', enum: ['off board', 'not your turn', "it's over"] } }),
  GameScore: {
    title: 'Score',
    type: 'object',
    required: ['points', 'by-player', 'constructor', 'at'],
    properties: {
      points: { type: ['number', 'null'], multipleOf: 0.5, minimum: -100, maximum: 100, default: 0 },
      'by-player': { type: 'object', additionalProperties: { type: 'integer' }, maxProperties: 8 },
      constructor: { type: 'string', description: 'A name that every object inherits.' },
      toString: { type: 'boolean' },
      at: { type: 'string', format: 'date-time', examples: ['2026-01-01T00:00:00Z'], deprecated: true },
      mail: { type: 'string', format: 'email', pattern: '@example\\.org$', maxLength: 64 },
      ['__proto__']: { type: 'integer' },
      constant: { const: { deep: [1, 'two', null] } },
      tuple: {
        type: 'array',
        prefixItems: [{ type: 'string' }, { type: 'integer' }],
        items: false,
        minItems: 2,
      },
      open: { type: 'array', prefixItems: [{ type: 'string' }], items: { type: 'boolean' } },
      unique: { type: 'array', items: { enum: [1, 2, 'three', null, true] }, uniqueItems: true, minItems: 1 },
      anything: true,
      nothing: { type: 'object', additionalProperties: false },
    },
  },
  GameBoard: {
    type: 'object',
    patternProperties: { '^[a-h][1-8]$': { $ref: '#/$defs/Piece' } },
    additionalProperties: false,
    propertyNames: { maxLength: 2 },
    minProperties: 1,
  },
  GameSeat: {
    allOf: [object({ name: { type: 'string' } }), object({ seat: { type: 'integer' } })],
    unevaluatedProperties: false,
  },
  GameRule: {
    type: 'object',
    properties: { level: { type: 'integer' } },
    if: { properties: { level: { minimum: 5 } }, required: ['level'] },
    // biome-ignore lint/suspicious/noThenProperty: this is the keyword of JSON Schema.
    then: { required: ['handicap'] },
    else: { not: { required: ['handicap'] } },
    dependentRequired: { handicap: ['level'] },
    dependentSchemas: { handicap: { properties: { handicap: { type: 'number' } } } },
    unevaluatedProperties: { type: 'string' },
  },
  GameDice: {
    oneOf: [
      { type: 'integer', minimum: 1, maximum: 6 },
      { type: 'array', contains: { const: 6 }, minContains: 2 },
    ],
  },
  GameCountry: { enum: ['AT', 'BE', 'CH', 'DE', 'ES', 'FR', 'GB', 'IT', 'NL', 'PL'] },
  GameFlag: { const: true },
  GameNumber: { type: 'number' },
  GameContext: object(
    { topic: { type: 'string' } },
    { description: 'A name that the generator wanted for itself.' },
  ),
  GameSpectatorsPresence: object({ seat: { type: 'integer' } }),
}

const sharedSchemas: Record<string, JsonSchema> = {
  Piece: {
    type: 'string',
    enum: ['king', 'queen', 'rook', 'bishop', 'knight', 'pawn'],
    description: 'A piece.',
  },
  Point: object({ x: { type: 'number' }, y: { type: 'number' } }, { additionalProperties: false }),
  Tree: object(
    { value: { type: 'string', minLength: 2 }, children: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
    { description: 'A tree.\n\nOver two paragraphs.' },
  ),
}

const statusSchemas: Record<string, JsonSchema> = { StatusTick: object({ at: { $ref: '#/$defs/Point' } }) }

function schemasOf(route: string | null, schemas: Record<string, JsonSchema>): SchemaIr[] {
  return Object.entries(schemas).map(([name, schema]) => ({ name, schema, route }))
}

const event = (name: string, data: string | null) =>
  ({ kind: 'event', name, typeName: `Game${name}`, data }) as const

const gameChannels: ChannelIr[] = [
  {
    key: 'board',
    typeName: 'GameBoardChannel',
    name: 'game/{gameId}/board/{side}',
    params: [
      { name: 'gameId', fromRoute: true },
      { name: 'side', fromRoute: false },
    ],
    join: 'guarded',
    messages: [{ ...event('changed', 'GameBoard'), history: true }],
    history: { maxMessages: 10, maxBytes: 100_000 },
    presence: null,
  },
  {
    key: 'spectators',
    typeName: 'GameSpectators',
    description: 'Who looks on.',
    name: 'spectators',
    params: [],
    join: 'guarded',
    messages: [
      { ...event('waved', null), history: false },
      { ...event('shouted', 'GameFlag'), history: false, deprecated: true },
    ],
    history: null,
    presence: 'GameSpectatorsPresence',
  },
  {
    key: 'news',
    typeName: 'GameNews',
    name: 'news/{gameId}',
    params: [{ name: 'gameId', fromRoute: true }],
    join: 'open',
    messages: [{ ...event('said', 'GameContext'), history: true }],
    history: { replay: 5 },
    presence: null,
  },
]

/** An API with one of everything that can be emitted. */
export const everythingIr: ApiIr = {
  title: "Every'thing",
  version: '2.0.0-beta.1',
  contract: 'fedcba9876543210',
  deprecated: true,
  schemas: [
    ...schemasOf('game', gameSchemas),
    ...schemasOf(null, sharedSchemas),
    ...schemasOf('status', statusSchemas),
  ].sort((a, b) => (a.name < b.name ? -1 : 1)),
  routes: [
    {
      name: 'game',
      typeName: 'Game',
      description: 'One game.\nWith a second line.',
      path: '/games/{gameId}/{isRanked}',
      params: {
        schema: 'GameParams',
        convert: [
          { name: 'gameId', to: 'integer', repeated: false },
          { name: 'isRanked', to: 'boolean', repeated: false },
        ],
      },
      query: {
        schema: 'GameQuery',
        convert: [
          { name: 'since', to: 'number', repeated: false },
          { name: 'tag', to: 'string', repeated: true },
        ],
      },
      clientToServer: [
        {
          kind: 'request',
          name: 'move',
          typeName: 'GameMove',
          input: 'GameMoveInput',
          output: 'GameMoveOutput',
          errors: [
            { code: 'ILLEGAL', data: 'GameMoveIllegal' },
            { code: 'TOO_LATE', data: null },
          ],
        },
        { kind: 'request', name: 'resign', typeName: 'GameResign', input: null, output: null, errors: [] },
        {
          kind: 'request',
          name: 'count',
          typeName: 'GameCount',
          input: null,
          output: 'GameNumber',
          errors: [],
        },
        { kind: 'request', name: 'sit', typeName: 'GameSit', input: 'GameSeat', output: null, errors: [] },
        { ...event('roll', 'GameDice'), description: 'Rolls.', deprecated: true },
        event('rule', 'GameRule'),
        event('from', 'GameCountry'),
        event('ping', null),
      ],
      serverToClient: [event('scored', 'GameScore'), event('ended', null), event('topic', 'GameContext')],
      channels: gameChannels,
    },
    {
      name: 'status',
      typeName: 'Status',
      path: '/status',
      params: null,
      query: null,
      clientToServer: [],
      serverToClient: [{ kind: 'event', name: 'tick', typeName: 'StatusTick', data: 'StatusTick' }],
      channels: [],
    },
  ],
}
