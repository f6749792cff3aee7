import {
  errorCodes,
  fromErrorBody,
  isSendableCloseCode,
  lookUpErrorCode,
  toErrorBody,
  toWirepactError,
  WirepactError,
} from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const problems = [{ path: '/text', keyword: 'maxLength', message: 'It is too long.' }]

describe('a WirepactError', () => {
  test('is an Error with a stable code, a message and a cause', () => {
    const cause = new Error('deeper')
    const error = new WirepactError('TIMEOUT', 'It took too long.', { cause })
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'WirepactError',
      code: 'TIMEOUT',
      message: 'It took too long.',
      cause,
    })
  })

  test('has no cause where none was given', () => {
    expect(new WirepactError('TIMEOUT', 'x')).not.toHaveProperty('cause')
  })

  test('without details has no data, no subject, no problems, and is not declared', () => {
    const error = new WirepactError('TIMEOUT', 'x')
    expect(error).toMatchObject({ data: undefined, subject: undefined, declared: false, problems: [] })
  })

  test('from a WirepactError is that error', () => {
    const error = new WirepactError('TIMEOUT', 'x')
    expect(toWirepactError(error)).toBe(error)
  })

  test.each([[new TypeError('secret')], ['secret'], [undefined], [null], [{ message: 'secret', code: 'X' }]])(
    'from %j is INTERNAL, with what was thrown as its cause and nothing of it in its message',
    (thrown) => {
      const error = toWirepactError(thrown)
      expect(error.code).toBe('INTERNAL')
      expect(error.cause).toBe(thrown)
      expect(error.message).not.toContain('secret')
    },
  )
})

describe('an error on the wire', () => {
  test('has a code and a message, and nothing else when there is nothing else', () => {
    const body = toErrorBody(new WirepactError('TIMEOUT', 'x', { cause: new Error('secret') }))
    expect(body).toEqual({ code: 'TIMEOUT', message: 'x' })
    expect(Object.keys(body)).toEqual(['code', 'message'])
  })

  test('carries data only when it is declared', () => {
    const data = { suggestion: 'Ada1' }
    expect(toErrorBody(new WirepactError('NAME_TAKEN', 'x', { data, declared: true }))).toEqual({
      code: 'NAME_TAKEN',
      message: 'x',
      declared: true,
      data,
    })
    expect(toErrorBody(new WirepactError('INTERNAL', 'x', { data }))).not.toHaveProperty('data')
  })

  test.each([
    { code: 'TIMEOUT', message: 'x' },
    { code: 'NAME_TAKEN', message: 'x', declared: true as const, data: { a: 1 } },
    { code: 'INVALID_PAYLOAD', message: 'x', name: 'say', problems },
  ])('%j comes out of the error that it was made into', (body) => {
    expect(toErrorBody(fromErrorBody(body))).toEqual(body)
  })

  test('takes the name of a message for the subject, never for the name of the error', () => {
    const error = fromErrorBody({ code: 'X', message: 'x', name: 'say' })
    expect(error).toMatchObject({ name: 'WirepactError', subject: 'say' })
  })

  test('cannot claim a cause', () => {
    const body = { code: 'X', message: 'x', cause: 'theirs', stack: 'theirs' }
    const error = fromErrorBody(body)
    expect(error.cause).toBeUndefined()
    expect(error.stack).not.toBe('theirs')
  })
})

describe('the error table', () => {
  test.each(Object.entries<{ http?: number; close?: number }>(errorCodes))(
    '%s has a status that refuses and a close code that may be sent, where it has any',
    (code, { http = 400, close = 4000 }) => {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
      expect(http).toBeGreaterThanOrEqual(400)
      expect(http).toBeLessThan(600)
      expect(isSendableCloseCode(close)).toBe(true)
      expect(lookUpErrorCode(code)).toBe(errorCodes[code as keyof typeof errorCodes])
    },
  )

  test.each(['NAME_TAKEN', 'constructor', '__proto__', ''])(
    'says nothing of %j, which is not in it',
    (code) => {
      expect(lookUpErrorCode(code)).toEqual({})
    },
  )
})
