import { type Position, WirepactError } from '@wirepact/protocol/client'
import type { Core } from '../core.js'
import { settle } from '../listeners/listeners.js'
import type { Intent, Membership } from './membership.js'

/** The feature `subscriptions`: channels that the client itself becomes a member of. */
export function subscriptions(core: Core): void {
  core.extend = (membership, { join, presence }) => {
    if (!join) return
    const { channel } = membership
    if ('subscribe' in channel) return
    const { on, messages } = channel
    /** To listen is to subscribe, where nothing else need be said. */
    const listening =
      <Given extends unknown[], Result>(listen: (...given: Given) => Result) =>
      (...given: Given) => {
        const listened = listen(...given)
        if (presence !== true) want(membership, {})
        return listened
      }
    Object.assign(channel, {
      presence: presence && channel.presence,
      on: listening(on),
      messages: listening(messages),
      subscribe(wanted: Wanted = {}) {
        want(membership, wanted)
        const joined = settle({ add: channel.onStatus }, () => isJoined(membership, core))
        // Whoever does not wait for it has the status: a rejection that nobody handles is none.
        joined.catch(() => undefined)
        return joined
      },
      unsubscribe: () => unwant(membership, core),
    })
  }
}

interface Wanted extends Intent {
  /** Where to begin; the place where the channel stands goes before it. */
  readonly since?: Position
}

/** Wants the membership from now on. Metadata of one that stands already is for the server to change. */
function want(membership: Membership, { since, ...intent }: Wanted): void {
  membership.intent = intent
  membership.position ??= since
  if (!membership.isKnown()) membership.subscribe()
}

/** Wants it no more. Resolves when the server has confirmed that, or can no longer be asked. */
function unwant(membership: Membership, core: Core): Promise<void> {
  const { channel, isKnown } = membership
  const wasKnown = isKnown()
  membership.intent = undefined
  membership.leave()
  if (!wasKnown || core.status.state !== 'open') return Promise.resolve()
  return new Promise((resolve) => {
    const { leaving = 0 } = membership
    membership.leaving = leaving + 1
    const answered = () => {
      membership.leaving = (membership.leaving as number) - 1
      resolve()
    }
    core.ask((id) => ['unsubscribe', id, channel.name], answered)
  })
}

function isJoined({ channel: { status } }: Membership, { closed }: Core): boolean | WirepactError {
  if (status.state === 'refused') return status.error
  if (status.state !== 'idle') return status.state === 'joined'
  return closed ?? new WirepactError('ABORTED')
}
