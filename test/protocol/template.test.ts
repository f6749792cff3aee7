import { fillTemplate, parseTemplate } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const room = parseTemplate('/chat/{roomId}/users/{userId}')

describe('a template', () => {
  test('knows its source and its parameters in order', () => {
    expect(room.source).toBe('/chat/{roomId}/users/{userId}')
    expect(room.names).toEqual(['roomId', 'userId'])
  })

  test.each(['/a/x{b}', '/a/{b}x', '/a/{}', '/a/{1b}', '/a/{b-c}', '/a/{b c}'])(
    'takes %s as text, because a parameter is a whole segment with a name',
    (source) => {
      expect(parseTemplate(source).names).toEqual([])
      expect(parseTemplate(source).match(source)).toEqual({})
    },
  )

  test('may have no parameters, or nothing but one', () => {
    expect(parseTemplate('lobby').fill({})).toBe('lobby')
    expect(parseTemplate('{name}').fill({ name: 'a' })).toBe('a')
  })
})

describe('filling a template', () => {
  test('puts each value in its place', () => {
    expect(room.fill({ userId: 7, roomId: 'lobby' })).toBe('/chat/lobby/users/7')
    expect(fillTemplate('room/{open}', { open: true })).toBe('room/true')
  })

  test('ignores values that it has no place for', () => {
    expect(fillTemplate('room/{a}', { a: 1, b: 2 })).toBe('room/1')
  })

  test.each([{}, { roomId: 'a' }, { roomId: 'a', userId: '' }])(
    'refuses %j, where a value is missing',
    (values) => {
      expect(() => room.fill(values)).toThrow(TypeError)
    },
  )

  test('takes no value from a prototype', () => {
    expect(() => fillTemplate('/{toString}', {})).toThrow(TypeError)
    expect(() => fillTemplate('/{a}', Object.create({ a: 'inherited' }))).toThrow(TypeError)
  })
})

describe('matching a template', () => {
  test('reads the values', () => {
    expect(room.match('/chat/lobby/users/7')).toEqual({ roomId: 'lobby', userId: '7' })
  })

  test.each([
    '/chat/lobby/users',
    '/chat/lobby/users/7/more',
    '/chat/lobby/users/7/',
    'chat/lobby/users/7',
    '/chat//users/7',
    '/chat/lobby/users/',
    '/Chat/lobby/users/7',
    '/chat/lobby/user/7',
    '',
  ])('refuses %j', (path) => {
    expect(room.match(path)).toBeUndefined()
  })

  test.each(['%', '%2', '%zz', '%ff', '%c3%28', '%ed%a0%80'])('refuses the broken encoding %s', (segment) => {
    expect(room.match(`/chat/${segment}/users/7`)).toBeUndefined()
  })

  test('decodes once', () => {
    expect(room.match('/chat/%252F/users/%20')).toEqual({ roomId: '%2F', userId: ' ' })
  })

  test('a value that is a slash stays in its segment', () => {
    expect(room.match('/chat/a%2Fb/users/7')).toEqual({ roomId: 'a/b', userId: '7' })
  })
})

describe('filling and matching', () => {
  test.each([
    'a',
    'a/b',
    '/a//b/',
    '...',
    'a../..b/.c',
    '%',
    '%2F',
    'a b+c',
    '?q=1#f',
    'é💬',
    '\u0000',
    '{roomId}',
    '__proto__',
    'a'.repeat(5_000),
  ])('gives %j back, in a single segment that no URL parser changes', (value) => {
    const filled = room.fill({ roomId: value, userId: 'u' })
    expect(filled.split('/')).toHaveLength(5)
    expect(new URL(filled, 'ws://host').pathname).toBe(filled)
    expect(room.match(filled)).toEqual({ roomId: value, userId: 'u' })
  })

  test.each(['', '.', '..', '../..', '../a', 'a/..', 'a/./b', '/..', 'a\n/..'])(
    'refuse %j, which leads out of its folder',
    (value) => {
      expect(() => room.fill({ roomId: value, userId: 'u' })).toThrow(
        new TypeError(`roomId cannot be "${value}"`),
      )
    },
  )

  test.each([
    ...['.', '..', '%2E', '%2e%2E', '.%2e'],
    ...['..%2f', '..%2Fa', 'a%2F..', 'a%2F%2E%2Fb', '%2F%2e.', 'a%2f..%2f..%2fb'],
  ])('refuse the segment %s', (segment) => {
    expect(room.match(`/chat/${segment}/users/u`)).toBeUndefined()
  })
})

describe('a rest parameter', () => {
  const files = parseTemplate('/files/{owner}/{path*}')

  test('is the last segment, and its name has no star', () => {
    expect(files).toMatchObject({ names: ['owner', 'path'], hasRest: true })
    expect(room.hasRest).toBe(false)
    expect(parseTemplate('/{path*}/end')).toMatchObject({ names: [], hasRest: false })
  })

  test.each([
    ['/files/ada/a', 'a'],
    ['/files/ada/a/b/c', 'a/b/c'],
    ['/files/ada/a%20b/%3F', 'a b/?'],
    ['/files/ada/a/...', 'a/...'],
  ])('takes one segment or more of %s, each decoded by itself', (path, rest) => {
    expect(files.match(path)).toEqual({ owner: 'ada', path: rest })
    expect(files.fill({ owner: 'ada', path: rest })).toBe(path)
  })

  test('takes an encoded slash as one, and writes it as one', () => {
    expect(files.match('/files/ada/a%2Fb')).toEqual({ owner: 'ada', path: 'a/b' })
  })

  test.each([
    '/files/ada',
    '/files/ada/',
    '/files/ada/a/',
    '/files/ada/a//b',
    '/files/ada/a/%zz',
    '/files/ada/..',
    '/files/ada/a/%2E%2E/b',
    '/files/ada/a%2F..%2F..%2Fb',
    '/files/ada/%2Fetc',
    '/files/ada/./a',
  ])('refuses %s', (path) => {
    expect(files.match(path)).toBeUndefined()
  })

  test.each(['', '/a', 'a/', 'a//b'])('is not filled with %j', (path) => {
    expect(() => files.fill({ owner: 'ada', path })).toThrow(TypeError)
  })
})
