import { createLogObserver, type Engine, type Logger, memoryEngine, WirepactError } from '@wirepact/runtime'
import { afterEach, expect, test, vi } from 'vitest'
import { type LabContext, startLab, stopLabs } from '../runtime/lab.js'
import { anything, type BenchContext, fits, startBench, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'

afterEach(async () => {
  await stopLabs()
  await stopBenches()
})

interface Line {
  readonly level: string
  readonly message: string
  readonly details: Readonly<Record<string, unknown>>
}

/** A logger like pino: it has children, and `err` is what it knows to print. */
function keepLines(lines: Line[] = [], bindings: object = {}): Logger & { readonly lines: Line[] } {
  const at = (level: string) => (details: object, message: string) =>
    void lines.push({ level, message, details: { ...bindings, ...details } })
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: (more) => keepLines(lines, { ...bindings, ...more, isChild: true }),
  }
}

const marker = 'marker-of-a-payload'

test('a failed handler is logged by a child that says the connection and the route', async () => {
  const logger = keepLines()
  const lab = await startLab({}, { logger })
  const client = await RawClient.open(lab.url())
  client.send(['event', 'fail', null])
  await client.next('error')
  expect(logger.lines).toMatchObject([
    {
      level: 'error',
      message: 'A handler failed.',
      details: {
        isChild: true,
        route: 'lab',
        connection: expect.any(String),
        handler: 'fail',
        err: {
          type: 'Error',
          message: 'the secret of the failed event',
          stack: expect.stringContaining('lab'),
        },
      },
    },
  ])
})

test('handlers log with their connection and route, by a logger with children and by one without', async () => {
  const connect = (ctx: LabContext) => ctx.log.info({ step: 1 }, 'hello')
  const logger = keepLines()
  const { child: _, ...childless } = keepLines(logger.lines)
  for (const one of [logger, childless]) {
    const lab = await startLab({ connect }, { logger: one })
    await RawClient.open(lab.url())
  }
  const details = { connection: expect.any(String), route: 'lab', step: 1 }
  expect(logger.lines).toEqual([
    { level: 'info', message: 'hello', details: { ...details, isChild: true } },
    { level: 'info', message: 'hello', details },
  ])
})

test('errors are logged with their code and causes, and without what else they carry', async () => {
  const cause = Object.assign(new Error('the cause'), { code: 'ECAUSE', row: marker })
  const lab = await startLab({
    fail() {
      throw Object.assign(new TypeError('failed', { cause }), { data: marker })
    },
  })
  const client = await RawClient.open(lab.url())
  client.send(['event', 'fail', null])
  await client.next('error')
  expect(lab.logged[0]?.details.err).toEqual({
    type: 'TypeError',
    message: 'failed',
    stack: expect.any(String),
    cause: { type: 'Error', message: 'the cause', code: 'ECAUSE', stack: expect.any(String) },
  })
})

/** An engine that fails as a database might, with what it was given. */
function failingEngine(): Engine {
  const engine: Engine = memoryEngine()
  engine.append = (_channel, draft) => {
    throw Object.assign(new Error('The disk is full.'), { parameters: [draft.data] })
  }
  return engine
}

test('no line holds a payload, whatever goes wrong', async () => {
  const logger = keepLines()
  const options = { logger, engine: failingEngine(), observers: [createLogObserver(logger)] }
  const circular: { self?: unknown; text: string } = { text: marker }
  circular.self = circular
  const thrown: Record<string, () => unknown> = {
    text: () => marker,
    object: () => ({ marker }),
    declared: () => new WirepactError('OF_ITS_OWN', 'refused', { data: { marker }, declared: true }),
    json: () => parse(`{"text": ${marker}}`),
  }
  const handlers = {
    connect: (ctx: BenchContext) => void ctx.channels.room?.().join(),
    fail(_ctx: BenchContext, how: string) {
      throw thrown[how]?.()
    },
    answer: (_ctx: BenchContext, how: string) => (how === 'circular' ? circular : marker),
    publish: (ctx: BenchContext, data: unknown) => void ctx.channels.room?.().publish('said', data),
    wrong: (ctx: BenchContext, data: unknown) => void ctx.channels.room?.().publish('number', data),
    ask: (ctx: BenchContext, data: unknown) => void ctx.client.question?.(data),
    sayWrong: (ctx: BenchContext, data: unknown) => void ctx.client.number?.(data),
    number: () => undefined,
    disconnect: () => Promise.reject({ marker }),
  }
  const event = { kind: 'event', data: anything } as const
  const number = fits((value) => typeof value === 'number')
  const bench = await startBench(
    {
      receives: {
        fail: event,
        publish: event,
        wrong: event,
        ask: event,
        sayWrong: event,
        number: { kind: 'event', data: number },
        answer: { kind: 'request', input: anything, output: anything, errors: {} },
      },
      sends: {
        question: { kind: 'request', input: anything, output: number, errors: {} },
        number: { kind: 'event', data: number },
      },
      channels: {
        room: {
          name: 'room',
          join: 'open',
          messages: { said: { data: anything, history: true }, number: { data: number, history: true } },
          history: {},
        },
      },
    },
    handlers,
    { ...options, validateOutput: 'always' },
  )
  const client = await RawClient.open(bench.url, { hello: { token: marker, session: `${marker}-0000` } })
  for (const how of Object.keys(thrown)) client.send(['event', 'fail', how])
  for (const name of ['publish', 'wrong', 'sayWrong', 'number', marker]) client.send(['event', name, marker])
  await client.ask(1, 'answer', 'circular')
  await client.ask(2, 'answer', marker)
  await client.ask(3, marker, marker)
  client.sendText(`{"broken": ${marker}`)
  client.send(['event', 'ask', marker])
  const [, first] = await client.next('request')
  client.send(['reply', first, marker])
  client.send(['event', 'ask', marker])
  const [, second] = await client.next('request')
  client.send(['error', second, { code: marker, message: marker, declared: true, data: marker }])
  client.send(['subscribe', 4, 'room', { position: [marker, 1] }])
  client.send(['subscribe', 5, marker, {}])
  await client.next('error', 5)
  await client.close(4000, marker)
  await vi.waitFor(() =>
    expect(logger.lines.map(({ message }) => message)).toContain('A connection has ended.'),
  )
  await expect(RawClient.open(`${bench.url}/elsewhere?token=${marker}`)).rejects.toThrow('404')
  await bench.server.close()
  const messages = new Set(logger.lines.map(({ message }) => message))
  for (const expected of [
    'A handler failed.',
    'A call to a channel failed.',
    'A client did not answer.',
    'A message was answered with an error.',
    'A member has a gap.',
    'A connection is open.',
    'A connection has ended.',
    'A client was refused.',
  ])
    expect(messages).toContain(expected)
  expect(logger.lines.filter(({ message }) => message === 'A handler failed.').length).toBeGreaterThan(6)
  for (const line of logger.lines) expect(JSON.stringify(line)).not.toContain(marker)
})

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}

test('the observer that logs says what happens to connections, and warns of those that do not keep up', () => {
  const logger = keepLines()
  const observer = createLogObserver(logger)
  const request = { remote: { address: '10.0.0.1', port: 1 } } as never
  const connection = { id: 'a.1', route: 'lab', status: 'open', request, since: 0, bufferedBytes: 0 } as const
  observer.opened?.(connection)
  observer.dropped?.(connection, 'drop')
  observer.closed?.(connection, { code: 4002, reason: '', wasClean: false })
  observer.started?.({ name: 'room/a', template: 'room/{id}' }, 'fresh')
  expect(logger.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'debug A connection is open.',
    'debug A message was dropped.',
    'warn A connection did not keep up.',
  ])
})
