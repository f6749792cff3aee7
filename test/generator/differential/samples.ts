/** Names of properties that are hostile to source text. */
export const names = [
  ...['a', 'b', 'c', 'kind', 'id', 'two words', 'a/b', 'a~b', '0', '1', '😀', 'é', "it's", '"', '\u2028'],
  ...['length', '${x}', '*/', '\\', 'class', 'key', 'object', 'value', 'item'],
]

/** Names that every object inherits, and one that is easily taken for none. Ajv is not always right about them. */
export const hostileNames = [
  ...[
    '__proto__',
    'constructor',
    'toString',
    'valueOf',
    'hasOwnProperty',
    'isPrototypeOf',
    '__defineGetter__',
  ],
  '',
]

export const texts = [
  '',
  'a',
  'ab',
  'abc',
  'hello',
  '😀',
  '😀😀',
  'a1',
  '12',
  'x-y',
  'A',
  'null',
  '\u2028',
  "'",
]

export const numbers = [0, 1, -1, 2, 3, 5, 10, 0.5, -0.5, 1.5, 2.25, 1e6, -7, 100, 1e21, 9007199254740991]

export const patterns = ['^a', 'b$', '^[a-z]+$', '^.$', '\\d', '^\\p{L}', '^$', "'", '/', '^[^"]*$', '^(a|b)']

/**
 * Texts for each format on which everybody agrees. Where the standards leave room, or where Ajv's patterns are
 * looser, our formats are held to the official suite instead.
 */
export const formatted: Readonly<Record<string, { fits: readonly string[]; fails: readonly string[] }>> = {
  'date-time': { fits: ['2026-01-01T00:00:00Z', '2024-02-29T23:59:59.5+01:00'], fails: ['2026-01-01', 'x'] },
  date: { fits: ['2026-12-31', '2024-02-29'], fails: ['2026-13-01', '2023-02-29', '20260101'] },
  time: { fits: ['00:00:00Z', '23:59:59+00:00'], fails: ['24:00:00Z', 'noon'] },
  email: { fits: ['ada@example.org'], fails: ['ada', '@example.org', 'ada@'] },
  hostname: { fits: ['example.org', 'a-b.c'], fails: ['-a', 'a..b', 'a b'] },
  ipv4: { fits: ['127.0.0.1', '255.255.255.255'], fails: ['256.0.0.1', '1.2.3', 'localhost'] },
  ipv6: { fits: ['::1', '2001:db8::1'], fails: [':::', '12345::', '1'] },
  uri: { fits: ['https://example.org/a?b#c', 'urn:x:y'], fails: ['/a', 'a b', '//x'] },
  uuid: { fits: ['123e4567-e89b-12d3-a456-426614174000'], fails: ['123e4567', ''] },
  'json-pointer': { fits: ['', '/a/0', '/~01'], fails: ['a', '/~2'] },
  regex: { fits: ['^a$', ''], fails: ['(', '['] },
}

export const formatNames = Object.keys(formatted)
