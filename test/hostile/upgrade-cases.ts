/** An opening handshake as text, and the status that it deserves. */
export interface UpgradeCase {
  readonly name: string
  readonly request: string
  readonly status: number
}

const good = {
  Host: '127.0.0.1',
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

/** The good handshake, with other headers (undefined leaves one out), more lines, or another first line. */
function request(
  replaced: object = {},
  { line = 'GET /bench HTTP/1.1', more = [] as string[] } = {},
): string {
  const headers = Object.entries({ ...good, ...replaced }).filter(([, value]) => value !== undefined)
  return [line, ...headers.map(([name, value]) => `${name}: ${value}`), ...more, '', ''].join('\r\n')
}

const accepted: UpgradeCase[] = [
  { name: 'a good one', request: request(), status: 101 },
  {
    name: 'odd letters',
    request: request({ Connection: 'keep-alive, uPgRaDe', Upgrade: 'WEBSOCKET' }),
    status: 101,
  },
  { name: 'spaces around values', request: request({ Upgrade: '  websocket\t' }), status: 101 },
  {
    name: 'an extension that is not spoken',
    request: request({ 'Sec-WebSocket-Extensions': 'x-unknown' }),
    status: 101,
  },
  {
    name: 'compression, which is off',
    request: request({ 'Sec-WebSocket-Extensions': 'permessage-deflate' }),
    status: 101,
  },
]

const keys: UpgradeCase[] = [
  ['no key', undefined],
  ['an empty key', ''],
  ['a short key', 'dGhlIHNhbXBsZQ=='],
  ['a long key', 'dGhlIHNhbXBsZSBub25jZSE='.repeat(2)],
  ['a key that is no Base64', '!!!!!!!!!!!!!!!!!!!!!!=='],
  ['a key without its padding', 'dGhlIHNhbXBsZSBub25jZQ'],
].map(([name, key]) => ({
  name: name as string,
  request: request({ 'Sec-WebSocket-Key': key }),
  status: 400,
}))

const versions: UpgradeCase[] = [
  undefined,
  '',
  '0',
  '7',
  '8',
  '12',
  '14',
  '-13',
  '13.0',
  '013',
  '13, 13',
  'thirteen',
].map((version) => ({
  name: `the version ${version}`,
  request: request({ 'Sec-WebSocket-Version': version }),
  status: 426,
}))

const headers: UpgradeCase[] = [
  { name: 'no host', request: request({ Host: undefined }), status: 400 },
  {
    name: 'two keys',
    request: request({}, { more: [`Sec-WebSocket-Key: ${good['Sec-WebSocket-Key']}`] }),
    status: 400,
  },
  { name: 'two versions', request: request({}, { more: ['Sec-WebSocket-Version: 13'] }), status: 426 },
  { name: 'another protocol', request: request({ Upgrade: 'h2c' }), status: 426 },
  { name: 'two protocols', request: request({ Upgrade: 'websocket, h2c' }), status: 426 },
  { name: 'no upgrade', request: request({ Upgrade: undefined }), status: 426 },
  { name: 'no connection header', request: request({ Connection: undefined }), status: 426 },
  { name: 'a malformed subprotocol', request: request({ 'Sec-WebSocket-Protocol': 'a b' }), status: 400 },
  { name: 'the same subprotocol twice', request: request({ 'Sec-WebSocket-Protocol': 'a, a' }), status: 400 },
  { name: 'a header of 20,000 characters', request: request({ 'X-Bomb': 'x'.repeat(20_000) }), status: 431 },
  {
    name: 'headers by the thousands',
    request: request({}, { more: Array.from({ length: 3000 }, (_, index) => `X-${index}: y`) }),
    status: 431,
  },
  { name: 'a header without a name', request: request({}, { more: [': x'] }), status: 400 },
  { name: 'a name with a space', request: request({}, { more: ['X Y: z'] }), status: 400 },
  { name: 'a value with a NUL', request: request({ 'X-Nul': 'a\0b' }), status: 400 },
  {
    name: 'a body in two ways',
    request: request({ 'Content-Length': '1', 'Transfer-Encoding': 'chunked' }),
    status: 400,
  },
]

const lines: UpgradeCase[] = [
  { name: 'POST', request: request({}, { line: 'POST /bench HTTP/1.1' }), status: 405 },
  { name: 'HEAD', request: request({}, { line: 'HEAD /bench HTTP/1.1' }), status: 405 },
  { name: 'a method of nobody', request: request({}, { line: 'BREW /bench HTTP/1.1' }), status: 400 },
  { name: 'no target', request: request({}, { line: 'GET HTTP/1.1' }), status: 400 },
  { name: 'HTTP of no version', request: request({}, { line: 'GET /bench HTTP/9.9' }), status: 400 },
  { name: 'no HTTP', request: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', status: 400 },
  { name: 'another path', request: request({}, { line: 'GET /benches HTTP/1.1' }), status: 404 },
  { name: 'two slashes', request: request({}, { line: 'GET //bench HTTP/1.1' }), status: 404 },
  { name: 'a way around', request: request({}, { line: 'GET /x/../bench HTTP/1.1' }), status: 404 },
  { name: 'a whole URL', request: request({}, { line: 'GET http://evil.example/x HTTP/1.1' }), status: 404 },
  { name: 'broken percent-encoding', request: request({}, { line: 'GET /bench%E0 HTTP/1.1' }), status: 400 },
  { name: 'a star', request: request({}, { line: 'GET * HTTP/1.1' }), status: 404 },
  {
    name: 'a target of 20,000 characters',
    request: request({}, { line: `GET /${'x'.repeat(20_000)} HTTP/1.1` }),
    status: 431,
  },
]

export const upgradeCases: readonly UpgradeCase[] = [...accepted, ...keys, ...versions, ...headers, ...lines]
