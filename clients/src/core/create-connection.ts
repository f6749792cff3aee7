import { WirepactError } from '@wirepact/protocol'
import type { SendOptions, Status, Connection as UserConnection } from '../types.js'
import { json } from './codec/json.js'
import { Connection } from './connection/connection.js'
import { exceeds } from './connection/exceeds.js'
import type { Core, Install } from './core.js'
import type { Frames } from './frames.js'
import { Listeners, settle } from './listeners/listeners.js'
import { createCall } from './outbox/create-call.js'
import { Outbox } from './outbox/outbox.js'
import type { Setting } from './setting.js'

/** Builds one connection with the features of its route. It is idle. */
export function createConnection(setting: Setting): UserConnection<object> {
  const { wire, uses = wire ? [wire.feature] : [], calls } = setting.route
  const errors = new Listeners<[WirepactError]>(setting.report)
  const tell = (error: WirepactError) => {
    setting.debug?.told(setting.url, error)
    return errors.emit(error)
  }
  /** What a listener threw goes to `onError`, or, when nobody listens there, out of the client. */
  const report = (thrown: unknown) => tell(WirepactError.from(thrown)) || setting.report(thrown)
  const events = new Listeners<[name: string, data: unknown]>(report)
  const statuses = new Listeners<[Status]>(report)
  const refused = (id: number | null, error: WirepactError) =>
    id === null ? tell(error) : outbox.settle(id, error)
  const user: UserConnection<Record<string, unknown>> = {
    get status() {
      return connection.status
    },
    onStatus: (listener) => statuses.add(listener),
    async *statuses() {
      let told: Status | undefined
      while (told?.state !== 'closed') {
        await settle(statuses, () => connection.status !== told)
        told = connection.status
        yield told
      }
    },
    on: (wanted, listener) => events.add((name, data) => name === wanted && listener(data)),
    onError: (listener) => errors.add(listener),
    ready: () => settle(statuses, () => isReady(connection)),
    connect: () => connection.connect(),
    close: (code, reason) => close(connection, code, reason),
  }
  const frames: Frames = {
    event: ([, name, data]) => events.emit(name, data),
    reply: ([, id, output]) => outbox.settle(id, undefined, output),
    error: ([, id, body]) => refused(id, WirepactError.fromBody(body)),
  }
  const make: Core['make'] = {
    event: (name) => (data: unknown, options?: SendOptions) => outbox.say(name, data, options),
    request: (name, definition) => createCall(outbox, name, definition),
  }
  const shared = { codec: json, hello: [], frames, make, statuses, user, tell, report }
  const core = { ...setting, ...shared } as unknown as Core
  const connection = new Connection(core)
  const outbox = new Outbox(core)
  Object.assign(core, { connection, outbox })
  for (const install of uses as readonly Install[]) install(core)
  statuses.add((status) => outbox.changed(status))
  for (const [name, call] of Object.entries(calls)) {
    const definition = typeof call === 'string' ? { kind: call } : call
    core.user[name] = core.make[definition.delivery ?? definition.kind]?.(name, definition)
  }
  return user
}

function isReady({ closed, status }: Connection): boolean | WirepactError {
  return (closed?.cause as WirepactError | undefined) ?? closed ?? status.state === 'open'
}

/** A browser closes with 1000 or an application's code only (WebSockets Standard, `close(code, reason)`). */
function close(connection: Connection, code = 1000, reason = ''): void {
  const isSendable = code === 1000 || (Number.isInteger(code) && code >= 3000 && code < 5000)
  if (!isSendable || exceeds(reason, 123)) throw new WirepactError('INVALID_CLOSE')
  connection.close(code, reason)
}
