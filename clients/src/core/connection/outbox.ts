import { toWirepactError, WirepactError } from '@wirepact/protocol'
import type { Status } from '../../types.js'
import type { Core } from '../core.js'
import type { GiveUp, Letter, Question } from './letter.js'
import { aborted, limit } from './limit.js'

/**
 * Everything that is sent passes here, in order; what cannot be sent before the connection is open waits. Questions and
 * their answers are matched by an id that is never used twice. Every question is settled: answered, refused, timed
 * out, aborted, lost or closed. An answer that nobody waits for any more is dropped. Returns what takes every status.
 */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: what its short functions share stays among them, and so can be minified.
export function addOutbox(core: Core): (status: Status) => void {
  const { clock, tell } = core
  const waiting = new Set<Letter>()
  const questions = new Map<number, Question>()
  /** How many one-way messages wait. */
  let queued = 0
  let lastId = 0

  /** At once when open, also before what waits: that is how members come first. Whether it was sent. */
  const deliver = (letter: Letter) => {
    const isOpen = core.status.state === 'open'
    if (isOpen) core.send(letter.message)
    else waiting.add(letter)
    return isOpen
  }

  /** Throws what keeps everything from being sent. */
  const admit = (signal: AbortSignal | undefined, full: string | false) => {
    if (core.closed) throw core.closed
    if (signal?.aborted) throw aborted(signal)
    if (full) throw new WirepactError(full)
  }

  const say: Core['say'] = (name, data, { ttlMs: timeoutMs, signal } = {}) => {
    try {
      admit(signal, queued >= core.maxQueuedMessages && 'BUFFER_OVERFLOW')
      const failed: GiveUp = ({ code, message }) => tell(new WirepactError(code, message, { name }))
      const letter: Letter = { message: core.encode(['event', name, data]), failed }
      if (deliver(letter)) return { outcome: 'sent' }
      const stop = limit(clock, { timeoutMs, signal }, (error) => {
        waiting.delete(letter)
        letter.left?.()
        failed(error)
      })
      letter.left = () => {
        queued -= 1
        stop()
      }
      queued += 1
      return { outcome: 'queued' }
    } catch (thrown) {
      return { outcome: 'refused', error: toWirepactError(thrown) }
    }
  }

  const post: Core['post'] = (frame, failed = () => undefined) => {
    try {
      deliver({ message: core.encode(frame), failed })
    } catch (thrown) {
      failed(toWirepactError(thrown))
    }
  }

  const ask: Core['ask'] = (toFrame, answer, options = {}) => {
    const id = ++lastId
    const failed: GiveUp = (error) => settle(id, error)
    /** The server may be at work on it: it is told that nobody waits any more. */
    const giveUp: GiveUp = (error) => {
      const isSent = questions.has(id) && !waiting.delete(question)
      failed(error)
      if (isSent) post(['cancel', id])
    }
    const question: Question = { message: '', answer, failed, idempotent: options.idempotent }
    questions.set(id, question)
    try {
      admit(options.signal, questions.size > core.maxPendingCalls && 'TOO_MANY_PENDING')
      question.frame = toFrame(id)
      question.message = core.encode(question.frame)
      question.stop = limit(clock, { timeoutMs: core.callTimeoutMs, ...options }, giveUp)
      deliver(question)
    } catch (thrown) {
      failed(toWirepactError(thrown))
    }
    return giveUp
  }

  const settle: Core['settle'] = (id, error, output) => {
    const question = questions.get(id)
    questions.delete(id)
    question?.stop?.()
    question?.answer(error, output)
  }

  const call: Core['call'] = (toFrame, options) =>
    new Promise((resolve, reject) => {
      ask(toFrame, (error, output) => (error ? reject(error) : resolve(output)), options)
    })

  Object.assign(core, { say, post, ask, call, settle, questions })
  return ({ state }) => {
    // Whether what was sent has been handled is not known: only what may be handled twice is asked again. Who closes may
    // connect again before this is told.
    if (state === 'waiting' || (state === 'closed' && !core.closed)) {
      for (const question of questions.values()) {
        if (question.idempotent) waiting.add(question)
        else if (!waiting.has(question)) question.failed(new WirepactError('CONNECTION_LOST'))
      }
    }
    for (const letter of waiting) {
      if (state !== core.status.state || !/open|closed/.test(state)) return
      waiting.delete(letter)
      letter.left?.()
      try {
        if (core.closed) throw core.closed
        core.send(letter.message)
      } catch (thrown) {
        letter.failed(toWirepactError(thrown))
      }
    }
    const ended = core.closed
    if (ended) for (const id of questions.keys()) settle(id, ended)
  }
}
