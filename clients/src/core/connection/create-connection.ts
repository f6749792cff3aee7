import { encodeFrame, fromErrorBody, toWirepactError, WirepactError } from '@wirepact/protocol/client'
import type { SendOptions, Status, Connection as UserConnection } from '../../types.js'
import { decodeJson } from '../codec/json.js'
import type { Core, Install, MakeCall } from '../core.js'
import type { Frames } from '../frames.js'
import { createListeners, settle } from '../listeners/listeners.js'
import type { Setting } from '../setting.js'
import { createCall } from './create-call.js'
import { exceeds } from './exceeds.js'
import { addLink } from './link.js'
import { addOutbox } from './outbox.js'

type User = UserConnection<Record<string, unknown>> & Record<string, unknown>

/** Builds one connection with the features of its route. It is idle. */
export function createConnection(setting: Setting): UserConnection<object> {
  const { route } = setting
  const errors = createListeners<[WirepactError]>(setting.report)
  /** What a listener threw goes to `onError`, or, when nobody listens there, out of the client. */
  const report = (thrown: unknown) => core.tell(toWirepactError(thrown)) || setting.report(thrown)
  const events = createListeners<[name: string, data: unknown]>(report)
  const statuses = createListeners<[Status]>(report)
  const frames: Frames & { __proto__: null } = {
    __proto__: null,
    event: events.emit,
    reply: (id, output) => core.settle(id, undefined, output),
    error(id, body) {
      const error = fromErrorBody(body)
      if (id === null) core.tell(error)
      else core.settle(id, error)
    },
  }
  const core = {
    ...setting,
    status: { state: 'idle' },
    hello: { contract: setting.contract, attempt: 0 },
    encode: encodeFrame,
    decode: decodeJson,
    tell: errors.emit,
    make: {
      event: (name) => (data: unknown, options?: SendOptions) => core.say(name, data, options),
      request: (name) =>
        createCall((input, options) => core.call((id) => ['request', id, name, input], options)),
    },
    ...{ frames, statuses, report },
  } as Partial<Core> as Core
  setting.debug?.watch(core as never)
  addLink(core)
  const flush = addOutbox(core)
  const user: User = {
    get status() {
      return core.status
    },
    onStatus: statuses.add,
    async *statuses() {
      let told: Status | undefined
      while (told?.state !== 'closed') {
        await settle(statuses, () => core.status !== told)
        told = core.status
        yield told
      }
    },
    on: (wanted, listener) => events.add((name, data) => name === wanted && listener(data)),
    onError: errors.add,
    ready: () =>
      settle(
        statuses,
        () =>
          (core.closed?.cause as WirepactError | undefined) ?? core.closed ?? core.status.state === 'open',
      ),
    connect: core.connect,
    /** A browser closes with 1000 or an application's code only (WebSockets Standard, `close(code, reason)`). */
    close(code = 1000, reason = '') {
      if (!/^(1000|[34]\d{3})$/.test(`${code}`) || exceeds(reason, 123))
        throw new WirepactError('INVALID_CLOSE')
      core.close(code, reason)
    },
  }
  core.user = user
  for (const install of (route.uses ?? []) as readonly Install[]) install(core)
  statuses.add(flush)
  for (const [name, kind] of Object.entries(route.calls)) user[name] = (core.make[kind] as MakeCall)(name)
  return user
}
