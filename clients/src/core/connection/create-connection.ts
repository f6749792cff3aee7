import { encodeFrame, fromErrorBody, toWirepactError, WirepactError } from '@wirepact/protocol'
import type { Status, Connection as UserConnection } from '../../types.js'
import { decodeJson } from '../codec/json.js'
import type { Core, Install } from '../core.js'
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
  const { contract, debug, route, url } = setting
  const errors = createListeners<[WirepactError]>(setting.report)
  const tell = (error: WirepactError) => {
    debug?.told(url, error)
    return errors.emit(error)
  }
  /** What a listener threw goes to `onError`, or, when nobody listens there, out of the client. */
  const report = (thrown: unknown) => tell(toWirepactError(thrown)) || setting.report(thrown)
  const events = createListeners<[name: string, data: unknown]>(report)
  const statuses = createListeners<[Status]>(report)
  const frames: Frames = {
    event: (name, data) => events.emit(name, data),
    reply: (id, output) => core.settle(id, undefined, output),
    error(id, body) {
      const error = fromErrorBody(body)
      if (id === null) tell(error)
      else core.settle(id, error)
    },
  }
  const core = {
    ...setting,
    status: { state: 'idle' },
    hello: { contract },
    encode: encodeFrame,
    decode: decodeJson,
    ...{ frames, statuses, tell, report },
  } as unknown as Core
  addLink(core)
  const flush = addOutbox(core)
  core.make = {
    event: (name) => (data: unknown, options?: object) => core.say(name, data, options),
    request: (name, definition) => createCall(core, name, definition),
  }
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
    ready: () => settle(statuses, () => isReady(core)),
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
  for (const [name, call] of Object.entries(route.calls)) {
    const definition = typeof call === 'string' ? { kind: call } : call
    user[name] = core.make[definition.delivery ?? definition.kind]?.(name, definition)
  }
  return user
}

function isReady({ closed, status }: Core): boolean | WirepactError {
  return (closed?.cause as WirepactError | undefined) ?? closed ?? status.state === 'open'
}
