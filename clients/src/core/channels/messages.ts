import type { MessagesOptions } from '../../types.js'
import type { Core } from '../core.js'
import type { Listeners } from '../listeners/listeners.js'
import { createQueue } from '../listeners/queue.js'

/** What is published from now on, until the connection is closed for good. Throws like {@link createQueue}. */
export function read<T>(publications: Listeners<[T]>, core: Core, options?: MessagesOptions) {
  const release = () => {
    stopListening()
    stopWaiting()
  }
  const { end, items, push } = createQueue<T>({
    maxBuffered: 1_000,
    ...options,
    clock: core.clock,
    release,
  })
  const endWithConnection = () => core.closed && end()
  const stopListening = publications.add(push)
  const stopWaiting = core.statuses.add(endWithConnection)
  endWithConnection()
  return items
}
