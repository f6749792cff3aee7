import { toWirepactError, WirepactError } from '@wirepact/protocol/client'
import { defaultCallTimeoutMs, defaultMaxPendingCalls } from '../../options.js'
import type { Sent, Status } from '../../types.js'
import type { Core } from '../core.js'
import type { Answer, Letter, Posting, ToFrame } from './letter.js'
import { limit } from './limit.js'

/**
 * Everything that is sent passes here, in order; what cannot be sent before the connection is open waits. A letter has an
 * id that is never used twice, by which its answer is known; one that wants none is answered when it is sent. Every
 * letter is settled: answered, refused, timed out, aborted, lost or closed. An answer that nobody waits for any more is
 * dropped. Returns what takes every status.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what its short functions share stays among them, and so can be minified.
export function addOutbox(core: Core): (status: Status) => void {
  const letters = new Map<number, Letter>()
  /** How many one-way messages wait. */
  let queued = 0
  let lastId = 0

  const settle: Core['settle'] = (id, error, output) => {
    const letter = letters.get(id)
    letters.delete(id)
    letter?.stop?.()
    letter?.answer?.(error, output)
  }

  /** At once when open, also before what waits: that is how members come first. */
  const transmit = (id: number, letter: Letter) => {
    if (core.status.state !== 'open') return
    core.send(letter.message)
    letter.isSent = true
    if (letter.options.isOneWay) settle(id)
  }

  /** What it returns gives up on the answer. */
  const put = (toFrame: ToFrame, answer?: Answer, options: Posting = {}) => {
    const id = ++lastId
    const letter = { answer, options } as Letter
    /** The server may be at work on it: it is told that nobody waits any more. */
    const giveUp = (error: WirepactError) => {
      if (letters.has(id) && letter.isSent) core.post(['cancel', id])
      settle(id, error)
    }
    letters.set(id, letter)
    try {
      if (core.closed) throw core.closed
      if (options.signal || options.timeoutMs) letter.stop = limit(core.clock, options, giveUp)
      letter.frame = toFrame(id)
      letter.message = core.encode(letter.frame)
      transmit(id, letter)
    } catch (thrown) {
      settle(id, toWirepactError(thrown))
    }
    return giveUp
  }

  core.post = (frame, sent) => {
    put(() => frame, sent, { isOneWay: true })
  }

  core.say = (name, data, { ttlMs: timeoutMs, signal } = {}) => {
    let sent: Sent | undefined
    const answer: Answer = (error) => {
      queued -= 1
      if (sent && error) core.tell(new WirepactError(error.code, error.message, { name }))
      sent ??= error ? { outcome: 'refused', error } : { outcome: 'sent' }
    }
    queued += 1
    const giveUp = put(() => ['event', name, data], answer, { timeoutMs, signal, isOneWay: true })
    if (queued > (core.maxQueuedMessages ?? 100)) giveUp(new WirepactError('BUFFER_OVERFLOW'))
    sent ??= { outcome: 'queued' }
    return sent
  }

  core.call = (toFrame, options) =>
    new Promise((resolve, reject) => {
      if (core.pending >= (core.maxPendingCalls ?? defaultMaxPendingCalls))
        throw new WirepactError('TOO_MANY_PENDING')
      core.pending += 1
      const answer: Answer = (error, output) => {
        core.pending -= 1
        if (error) reject(error)
        else resolve(output)
      }
      put(toFrame, answer, { timeoutMs: core.callTimeoutMs ?? defaultCallTimeoutMs, ...options })
    })

  core.pending = 0
  core.ask = put
  core.settle = settle
  core.questions = letters
  return (status) => {
    for (const [id, letter] of letters) {
      // Who was told before, or hears of a letter, may have changed it again: what is then is told soon.
      if (core.status !== status) return
      try {
        if (core.closed) throw core.closed
        if (!letter.isSent) transmit(id, letter)
        else if (status.state !== 'open') {
          // Whether it has been handled is not known: only what may be handled twice is asked again.
          if (!letter.options.idempotent) throw new WirepactError('CONNECTION_LOST')
          letter.isSent = false
        }
      } catch (thrown) {
        settle(id, toWirepactError(thrown))
      }
    }
  }
}
