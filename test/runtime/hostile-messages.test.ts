import { afterEach, describe, expect, test } from 'vitest'
import { RawClient } from '../support/raw-client.js'
import { type Lab, startLab, stopLabs } from './lab.js'

afterEach(stopLabs)

/** A connection that suffers, one that must not notice, and proof that it did not. */
async function startPair(options = {}) {
  const lab = await startLab({}, options)
  const victim = await RawClient.open(lab.url())
  const other = await RawClient.open(lab.url('lobby', 'name=bob'))
  return { lab, victim, other, expectUnharmed: () => expectUnharmed(lab, other) }
}

async function expectUnharmed(lab: Lab, other: RawClient): Promise<void> {
  expect(await other.ask(77, 'add', { a: 40, b: 2 })).toEqual({ sum: 42 })
  const third = await RawClient.open(lab.url('lobby', 'name=cid'))
  third.send(['event', 'say', { text: 'still here' }])
  expect(await other.next('publication')).toMatchObject({ 1: 'room/lobby', 3: { text: 'still here' } })
}

describe('a bad message is answered, and the connection goes on', () => {
  test.each([
    ['text that is not JSON', 'no json', { code: 'INVALID_JSON' }],
    ['half of JSON', '["event","say",{"text":"a"}', { code: 'INVALID_JSON' }],
    ['NaN', '["event","say",{"text":NaN}]', { code: 'INVALID_JSON' }],
    ['an empty message', '', { code: 'INVALID_JSON' }],
    ['JSON that is no frame', '{"type":"event"}', { code: 'INVALID_FRAME' }],
    ['a frame of no known type', '["shout",1]', { code: 'INVALID_FRAME' }],
    ['a frame type that is a name of Object.prototype', '["constructor",1,2,3]', { code: 'INVALID_FRAME' }],
    ['a request without an id', '["request","add",{}]', { code: 'INVALID_FRAME' }],
    ['a second hello', '["hello",{}]', { code: 'INVALID_FRAME' }],
    ['an unknown event', '["event","shout",{}]', { code: 'UNKNOWN_MESSAGE', name: 'shout' }],
    ['an event named like a method of Object', '["event","toString",{}]', { code: 'UNKNOWN_MESSAGE' }],
    ['an event named __proto__', '["event","__proto__",{}]', { code: 'UNKNOWN_MESSAGE' }],
    ['an event named like a lifecycle handler', '["event","connect",{}]', { code: 'UNKNOWN_MESSAGE' }],
    ['a request sent as an event', '["event","add",{"a":1,"b":2}]', { code: 'UNKNOWN_MESSAGE', name: 'add' }],
    [
      'a payload that does not fit',
      '["event","say",{"text":""}]',
      { code: 'INVALID_PAYLOAD', name: 'say', problems: [{ path: '/text', keyword: 'minLength' }] },
    ],
    [
      'a payload without what is required',
      '["event","say",{}]',
      { code: 'INVALID_PAYLOAD', name: 'say', problems: [{ path: '', keyword: 'required' }] },
    ],
    [
      'a key that could reach a prototype',
      '["event","say",{"text":"a","__proto__":{"admin":true}}]',
      { code: 'FORBIDDEN_KEY', problems: [{ path: '/2/__proto__' }] },
    ],
    [
      'the same key, escaped',
      '["event","say",{"text":"a","\\u005f_proto__":{"admin":true}}]',
      { code: 'FORBIDDEN_KEY', problems: [{ path: '/2/__proto__' }] },
    ],
    [
      'a prototype behind a constructor',
      '["event","say",{"text":"a","constructor":{"prototype":{"admin":true}}}]',
      { code: 'FORBIDDEN_KEY', problems: [{ path: '/2/constructor/prototype' }] },
    ],
    ['nesting without end', `["event","say",${'['.repeat(5000)}${']'.repeat(5000)}]`, { code: 'TOO_DEEP' }],
  ])('%s', async (_what, text, error) => {
    const { victim, expectUnharmed } = await startPair()
    victim.sendText(text)
    expect(await victim.next('error')).toMatchObject(['error', null, error])
    expect(await victim.ask(1, 'add', { a: 1, b: 2 })).toEqual({ sum: 3 })
    await expectUnharmed()
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  test('a binary message where text is due', async () => {
    const { victim, expectUnharmed } = await startPair()
    victim.socket.send(Buffer.from('["event","say",{"text":"a"}]'))
    expect(await victim.next('error')).toMatchObject(['error', null, { code: 'WRONG_KIND' }])
    await expectUnharmed()
  })

  test('a request whose input does not fit is answered with its id and the path', async () => {
    const { victim } = await startPair()
    expect(await victim.ask(5, 'add', { a: 1, b: 'two' })).toMatchObject({
      code: 'INVALID_PAYLOAD',
      problems: [{ path: '/b', keyword: 'type' }],
    })
  })

  test('a message that is nested as deep as it may be is taken', async () => {
    const { victim } = await startPair({ limits: { maxDepth: 10 } })
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown
    expect(await victim.ask(1, 'tree', nested(9))).toBe(18)
    victim.send(['request', 2, 'tree', nested(10)])
    expect(await victim.next('error')).toMatchObject(['error', null, { code: 'TOO_DEEP' }])
  })

  test('brackets inside strings are no nesting', async () => {
    const { victim } = await startPair({ limits: { maxDepth: 10 } })
    expect(await victim.ask(1, 'tree', '[{'.repeat(100))).toBe(202)
  })
})

describe('a connection that breaks the rules is closed, and nobody else notices', () => {
  test('with 1009 when a message is too large', async () => {
    const { victim, expectUnharmed } = await startPair({ limits: { maxPayloadBytes: 1000 } })
    victim.send(['event', 'say', { text: 'x'.repeat(2000) }])
    expect((await victim.ended).code).toBe(1009)
    await expectUnharmed()
  })

  test('with 1007 when text is not UTF-8', async () => {
    const { victim, expectUnharmed } = await startPair()
    victim.socket.send(Buffer.from([0xff, 0xfe, 0xfd]), { binary: false })
    expect((await victim.ended).code).toBe(1007)
    await expectUnharmed()
  })

  test('with 4505 when there are too many bad messages', async () => {
    const { victim, expectUnharmed } = await startPair({ limits: { maxInvalid: 3, invalidPerSecond: 0 } })
    for (let index = 0; index < 4; index++) victim.sendText('bad')
    expect((await victim.ended).code).toBe(4505)
    expect(victim.all('error')).toHaveLength(3)
    await expectUnharmed()
  })

  test.each([
    ['no JSON', 'hi'],
    ['another frame', '["event","say",{"text":"a"}]'],
  ])('with 4500 when it begins with %s instead of hello', async (_what, text) => {
    const lab = await startLab()
    const client = await RawClient.open(lab.url(), { hello: false })
    client.sendText(text)
    expect((await client.ended).code).toBe(4500)
  })

  test('with 4000 when it never says hello', async () => {
    const lab = await startLab({}, { limits: { handshakeTimeoutMs: 50 } })
    const client = await RawClient.open(lab.url(), { hello: false })
    expect((await client.ended).code).toBe(4000)
  })
})
