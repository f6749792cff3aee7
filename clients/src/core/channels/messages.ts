import { channelDefaults } from '../../options.js'
import type { MessagesOptions } from '../../types.js'
import type { Core } from '../core.js'
import type { Listeners } from '../listeners/listeners.js'
import { createQueue } from '../listeners/queue.js'

/** What is published from now on, until the connection is closed for good. */
export function read<T>(publications: Listeners<[T]>, core: Core, options?: MessagesOptions) {
  const stopListening = publications.add((publication) => queue.push(publication))
  const end = () => core.closed && queue.end()
  const stopWaiting = core.statuses.add(end)
  const release = () => {
    stopListening()
    stopWaiting()
  }
  const queue = createQueue<T>({ ...channelDefaults, ...options, release })
  end()
  return queue.items
}
