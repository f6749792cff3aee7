import type {
  AnswerContext,
  Answering,
  Call,
  CallError,
  CallOptions,
  CloseCause,
  Connection,
  Outcome,
  Refreshing,
  RequestHandler,
  SendOptions,
  Sent,
  Status,
  Stop,
  StreamCall,
  StreamHandler,
  StreamOptions,
  WirepactError,
} from '@wirepact/client'
import type { ErrorCode } from '@wirepact/protocol'
import { describe, expectTypeOf, it } from 'vitest'
import type { DeviceConnection, DeviceFirmwareErrors } from '../../examples/devices/generated/client.js'
import type { LabConnection } from '../runtime/api/generated/client.js'
import type {
  AdminStudioArguments,
  AdminStudioConnection,
  RobotConnection,
} from '../runtime/studio/generated/client.js'

type Busy = { BUSY: { until: number } }

describe('the types of what a client asks', () => {
  it('have the reply, or an outcome with the errors that are declared', () => {
    type Add = LabConnection['add']
    type Errors = { TOO_LARGE: { max: number } }
    expectTypeOf<Add>().toEqualTypeOf<Call<{ a: number; b: number }, { sum: number }, Errors>>()
    expectTypeOf<Add>().returns.toEqualTypeOf<Promise<{ sum: number }>>()
    expectTypeOf<Add>().parameter(1).toEqualTypeOf<CallOptions | undefined>()
    expectTypeOf<Add['safe']>().returns.toEqualTypeOf<Promise<Outcome<{ sum: number }, Errors>>>()
    expectTypeOf<CallError<Errors>>().toEqualTypeOf<
      WirepactError<'TOO_LARGE', { max: number }> | WirepactError<ErrorCode, undefined>
    >()
    expectTypeOf<CallError<object>>().toEqualTypeOf<WirepactError<ErrorCode, undefined>>()
    expectTypeOf<LabConnection['run']>().returns.toEqualTypeOf<Promise<unknown>>()
    expectTypeOf<AdminStudioConnection['erase']>().toEqualTypeOf<Call<void, void>>()
    expectTypeOf<AdminStudioConnection['upload']>().returns.toEqualTypeOf<Promise<Uint8Array>>()
  })

  it('have the items of a stream, and know its errors once they are thrown', () => {
    type Firmware = DeviceConnection['firmware']
    expectTypeOf<Firmware>().toEqualTypeOf<
      StreamCall<{ version: string }, Uint8Array, DeviceFirmwareErrors>
    >()
    expectTypeOf<Firmware>().returns.toEqualTypeOf<AsyncIterableIterator<Uint8Array, undefined, undefined>>()
    expectTypeOf<Firmware>().parameter(1).toEqualTypeOf<StreamOptions | undefined>()
    expectTypeOf<StreamOptions>().toEqualTypeOf<{
      readonly timeoutMs?: number
      readonly signal?: AbortSignal
      readonly maxBuffered?: number
    }>()
  })

  it('have what became of a message, acknowledged or not', () => {
    type Put = AdminStudioConnection['put']
    expectTypeOf<Put>().toEqualTypeOf<(data: { number: number }, options?: SendOptions) => Sent>()
    expectTypeOf<LabConnection['fail']>().toEqualTypeOf<(data?: null, options?: SendOptions) => Sent>()
    expectTypeOf<Sent['outcome']>().toEqualTypeOf<'sent' | 'queued' | 'refused'>()
    expectTypeOf<SendOptions>().toEqualTypeOf<{ readonly ttlMs?: number; readonly signal?: AbortSignal }>()
  })
})

describe('the types of what a client answers', () => {
  it('have the input, and the declared errors to throw', () => {
    type Studio = AdminStudioConnection
    expectTypeOf<Studio>().toExtend<
      Answering<{
        confirm: RequestHandler<{ question: string }, boolean, Busy>
        record: StreamHandler<void, Uint8Array>
      }>
    >()
    expectTypeOf<Studio['handle']>().returns.toEqualTypeOf<Stop>()
    expectTypeOf<Parameters<Studio['handle']>[0]>().toEqualTypeOf<'confirm' | 'record'>()
    type Context = AnswerContext<Busy>
    expectTypeOf<Context['signal']>().toEqualTypeOf<AbortSignal>()
    expectTypeOf<Context['errors']['BUSY']>().parameters.toEqualTypeOf<
      [data: { until: number }, message?: string]
    >()
    expectTypeOf<Context['errors']['BUSY']>().returns.toExtend<WirepactError>()
    type Bare = AnswerContext<{ AWAY: undefined }>
    expectTypeOf<Bare['errors']['AWAY']>().parameters.toEqualTypeOf<[data?: undefined, message?: string]>()
    expectTypeOf<keyof AnswerContext['errors']>().toEqualTypeOf<never>()
  })

  it('are only there where the server asks', () => {
    expectTypeOf<DeviceConnection>().toHaveProperty('handle')
    expectTypeOf<LabConnection>().not.toHaveProperty('handle')
  })
})

describe('the types of a connection', () => {
  it('have a refresh only where something is for some alone', () => {
    expectTypeOf<AdminStudioConnection>().toExtend<Refreshing>()
    expectTypeOf<Refreshing['refresh']>().toEqualTypeOf<() => Promise<void>>()
    expectTypeOf<LabConnection>().not.toHaveProperty('refresh')
    expectTypeOf<DeviceConnection>().not.toHaveProperty('refresh')
  })

  it('have the messages of a bare route and nothing that needs an envelope', () => {
    expectTypeOf<RobotConnection>().toExtend<Connection<{ line: string }>>()
    expectTypeOf<Parameters<RobotConnection['frame']>[0]>().toEqualTypeOf<Uint8Array>()
    expectTypeOf<RobotConnection['move']>().returns.toEqualTypeOf<Sent>()
    expectTypeOf<RobotConnection>().not.toHaveProperty('channels')
  })

  it('have the arguments of the route', () => {
    expectTypeOf<AdminStudioArguments>().toEqualTypeOf<{
      params: { path: string }
      headers?: { 'x-tenant': number } | undefined
      cookies?: { theme: string } | undefined
    }>()
  })

  it('say why it ended, or waits', () => {
    expectTypeOf<Status['state']>().toEqualTypeOf<'idle' | 'connecting' | 'open' | 'waiting' | 'closed'>()
    expectTypeOf<Extract<Status, { state: 'closed' }>['cause']>().toEqualTypeOf<CloseCause>()
    expectTypeOf<CloseCause['error']>().toEqualTypeOf<WirepactError | undefined>()
  })
})

/** Compiled with the tests, and never run: the right use of what is only seen while it runs. */
export async function right(device: DeviceConnection, studio: AdminStudioConnection) {
  try {
    for await (const piece of device.firmware({ version: '1.0.0' }, { maxBuffered: 1 }))
      expectTypeOf(piece).toEqualTypeOf<Uint8Array>()
  } catch (thrown) {
    if (!device.firmware.isError(thrown)) throw thrown
    expectTypeOf(thrown).toEqualTypeOf<CallError<DeviceFirmwareErrors>>()
  }
  for await (const slide of studio.slides({ from: 0 }))
    expectTypeOf(slide).toEqualTypeOf<{ number: number }>()
  studio.handle('confirm', ({ question }, { errors }) => {
    if (question === '') throw errors.BUSY({ until: 1 })
    return true
  })
  studio.handle('record', () => [new Uint8Array(1)])
}

/** Compiled with the tests, and never run: what is wrong is wrong in the line below each remark. */
export function wrong(device: DeviceConnection, studio: AdminStudioConnection, robot: RobotConnection) {
  // @ts-expect-error: the version is missing
  device.firmware({})
  // @ts-expect-error: a stream has no time to live
  device.firmware({ version: '1.0.0' }, { ttlMs: 1 })
  // @ts-expect-error: a stream is not awaited
  void device.firmware({ version: '1.0.0' }).then
  // @ts-expect-error: an answer without its temperature
  device.handle('adjust', () => ({}))
  // @ts-expect-error: an item that is no reading
  device.handle('telemetry', () => [1])
  // @ts-expect-error: the server does not ask that
  device.handle('firmware', () => [])
  device.handle('adjust', (_input, { errors }) => {
    // @ts-expect-error: an error that this question does not declare
    throw errors.BAD_IMAGE({ sha256: '' })
  })
  device.handle('adjust', (_input, { errors }) => {
    // @ts-expect-error: the data of the error is missing
    throw errors.BUSY()
  })
  // @ts-expect-error: nothing here is for some alone
  void device.refresh()
  // @ts-expect-error: the credential comes from the option auth
  void studio.refresh('token')
  // @ts-expect-error: an event has no timeout
  studio.put({ number: 1 }, { timeoutMs: 1 })
  // @ts-expect-error: a request has no time to live
  void studio.upload(new Uint8Array(1), { ttlMs: 1 })
  // @ts-expect-error: nothing is asked with
  void studio.erase({ all: true })
  // @ts-expect-error: a constant of another message
  robot.move({ op: 'stop', x: 1 })
  // @ts-expect-error: bytes go there
  robot.frame('bytes')
  // @ts-expect-error: the line is a text itself
  robot.on('line', ({ text }) => text)
  // @ts-expect-error: a bare route has no channels
  robot.channels
  // @ts-expect-error: only numbers are codes
  robot.close('1000')
}
