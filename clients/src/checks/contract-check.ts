import {
  type ClientFrame,
  compareTemplates,
  type HistoryPage,
  type Kept,
  type Member,
  type MembersPage,
  type PresenceChange,
  parseTemplate,
  type ServerFrame,
  type Template,
  toErrorBody,
  WirepactError,
} from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import type { CheckedChannel, CheckedRoute } from './create-checks.js'
import { checkForm, isKnownType } from './frame-forms.js'
import type { PayloadChecker, SchemaName } from './payload-checker.js'

type FrameOf<Type> = Extract<ServerFrame, readonly [type: Type, ...unknown[]]>
type Checks = { readonly [Type in ServerFrame[0]]?: (frame: FrameOf<Type>) => ServerFrame | undefined }

/**
 * What a server of another contract sends, frame by frame. What may not be delivered becomes what does no harm: a bad
 * answer is a refusal, a bad publication is one that is not for this client. Everything else goes to `onError`.
 */
export class ContractCheck {
  readonly #core: Core
  readonly #route: CheckedRoute
  readonly #payloads: PayloadChecker
  readonly #channels: readonly (readonly [Template, CheckedChannel])[]
  readonly #checks: Checks

  constructor(core: Core, route: CheckedRoute, payloads: PayloadChecker) {
    this.#core = core
    this.#route = route
    this.#payloads = payloads
    this.#channels = Object.entries(route.channels)
      .map(([name, channel]) => [parseTemplate(name), channel] as const)
      .sort(([one], [other]) => compareTemplates(one, other))
    this.#checks = {
      event: (frame) => (this.#isNamed(this.#route.events, frame[1], frame[2]) ? frame : undefined),
      reply: ([, id, output]) => this.#reply(id, output),
      item: (frame) => this.#answer(frame[1], frame[2], frame),
      error: (frame) => this.#error(frame),
      request: (frame) => this.#question(frame),
      stream: (frame) => this.#question(frame),
      publication: (frame) => this.#publication(frame),
      joined: (frame) => this.#joined(frame),
      presence: ([type, channel, changes]) => [type, channel, this.#changes(channel, changes)],
    }
  }

  /** The frame as it may be taken; nothing where there is nothing to take. Throws `INVALID_FRAME`. */
  take(frame: unknown): ServerFrame | undefined {
    checkForm(frame)
    const known = frame as unknown as ServerFrame
    const check = Object.hasOwn(this.#checks, known[0]) ? this.#checks[known[0]] : undefined
    if (check) return check(known as never)
    const isForAnother = isKnownType(known[0]) && !Object.hasOwn(this.#core.frames, known[0])
    return isForAnother ? undefined : known
  }

  /** Tells what is wrong. Whether the payload may be delivered. */
  #isGood(name: string, schema: SchemaName, value: unknown): boolean {
    const error = this.#payloads.check({ name, schema }, value, (difference) => this.#core.tell(difference))
    if (error) this.#core.tell(error)
    return error === undefined
  }

  #isNamed(schemas: Readonly<Record<string, SchemaName>>, name: string, value: unknown): boolean {
    const schema = Object.hasOwn(schemas, name) ? schemas[name] : undefined
    if (schema !== undefined) return this.#isGood(name, schema, value)
    const unknown = new WirepactError('UNKNOWN_MESSAGE', undefined, { name })
    this.#payloads.tellOnce(unknown, (difference) => this.#core.tell(difference))
    return false
  }

  #reply(id: number, output: unknown): ServerFrame | undefined {
    const asked = this.#core.questions.get(id)?.frame
    if (asked?.[0] === 'history') return ['reply', id, this.#history(asked[2], output as HistoryPage)]
    if (asked?.[0] === 'members') return ['reply', id, this.#members(asked[2], output as MembersPage)]
    return this.#answer(id, output, ['reply', id, output])
  }

  /** What is no answer to the question is a refusal of it; a stream goes no further. */
  #answer(id: number, value: unknown, frame: ServerFrame): ServerFrame {
    const asked = this.#callOf(this.#core.questions.get(id)?.frame)
    const error = asked && this.#check(asked.name, asked.call.answer, value)
    if (error && frame[0] === 'item') this.#core.post(['cancel', id])
    return error ? ['error', id, toErrorBody(error)] : frame
  }

  #error(frame: FrameOf<'error'>): ServerFrame {
    const [, id, body] = frame
    const asked = id === null ? undefined : this.#callOf(this.#core.questions.get(id)?.frame)
    if (!asked || id === null || body.declared !== true) return frame
    const { errors } = asked.call
    const known = Object.hasOwn(errors, body.code) ? errors[body.code] : undefined
    const error = known && this.#check(asked.name, known, body.data)
    return error ? ['error', id, toErrorBody(error)] : frame
  }

  #question(frame: FrameOf<'request'> | FrameOf<'stream'>): ServerFrame | undefined {
    const [, id, name, input] = frame
    const schema = Object.hasOwn(this.#route.answers, name) ? this.#route.answers[name] : undefined
    const error = schema && this.#check(name, schema, input)
    if (!error) return frame
    this.#core.tell(error)
    this.#core.post(['error', id, toErrorBody(error)], (unsent) => unsent && this.#core.tell(unsent))
    return undefined
  }

  #publication(frame: FrameOf<'publication'>): ServerFrame | undefined {
    const [, name, message, data, offset] = frame
    const channel = this.#channelOf(name)
    if (!channel || this.#isNamed(channel.messages, message, data)) return frame
    return offset === null ? undefined : ['skip', name, offset]
  }

  #joined([type, id, name, joined]: FrameOf<'joined'>): ServerFrame {
    const { presence } = joined
    return [type, id, name, presence ? { ...joined, presence: this.#present(name, presence) } : joined]
  }

  #present(name: string, members: readonly Member[]): readonly Member[] {
    const schema = this.#channelOf(name)?.presence ?? null
    return members.filter(([, data]) => this.#isGood(name, schema, data))
  }

  #changes(name: string, changes: readonly PresenceChange[]): readonly PresenceChange[] {
    const schema = this.#channelOf(name)?.presence ?? null
    return changes.filter(([change, , data]) => change === 'leave' || this.#isGood(name, schema, data))
  }

  #history(name: string, page: HistoryPage): HistoryPage {
    const messages = this.#channelOf(name)?.messages
    const isGood = ([, message, data]: Kept) => !messages || this.#isNamed(messages, message, data)
    return { ...page, publications: page.publications.filter(isGood) }
  }

  #members(name: string, page: MembersPage): MembersPage {
    return { ...page, members: this.#present(name, page.members) }
  }

  #check(name: string, schema: SchemaName, value: unknown): WirepactError | undefined {
    return this.#payloads.check({ name, schema }, value, (difference) => this.#core.tell(difference))
  }

  #callOf(asked: ClientFrame | undefined) {
    if (asked?.[0] !== 'request' && asked?.[0] !== 'stream') return undefined
    const name = asked[2]
    const call = Object.hasOwn(this.#route.calls, name) ? this.#route.calls[name] : undefined
    return call && { name, call }
  }

  #channelOf(name: string): CheckedChannel | undefined {
    return this.#channels.find(([template]) => template.match(name))?.[1]
  }
}
