import type { Connection } from './connection.js'
import { observe } from './observe.js'
import type { ObservedMessage } from './observer.js'
import { takeUnhandled } from './reader.js'
import { callHandler } from './route.js'

/** Calls a handler of a connection that it must have, and lets it be observed. */
export function runHandler(connection: Connection, name: string, ...values: readonly unknown[]): unknown {
  if (connection.handlers[name] === undefined) return takeUnhandled(connection, name, values[1])
  const handling = connection.core.observer?.handling
  if (handling === undefined) return callHandler(connection.handlers, name, ...values)
  return observe(handling(toObserved(connection, name)), toCall(connection, name, values))
}

/** Apart, so that only what is observed pays for a closure. */
function toCall(connection: Connection, name: string, values: readonly unknown[]): () => unknown {
  return () => callHandler(connection.handlers, name, ...values)
}

/** A message as observers are told of it; one that clients do not send is a handler of the connection itself. */
export function toObserved(connection: Connection, name: string): ObservedMessage {
  const kind = connection.admission.route.receives.get(name)?.kind
  return { connection, name, kind: kind ?? (name as 'connect' | 'disconnect' | 'refresh') }
}
