import type { ChannelRef } from '../channel/channel-ref.js'
import { createChannel } from '../channel/handle.js'
import type { MemberConnection } from '../channel/membership.js'
import type { Core } from './core.js'
import { readParameters } from './parameters.js'
import { runHook } from './run-hook.js'

/** What can happen in the life of a channel on this server. */
export type HookName = 'firstJoin' | 'lastLeave' | 'missing'

type Hook = (...values: readonly unknown[]) => unknown

/**
 * Calls what the handlers have for the lives of channels: for one channel one after the other, so that the end of a
 * life never overtakes its beginning, unless that takes longer than it may.
 */
export class ChannelHooks {
  readonly #core: Core
  /** By channel, the last call that has not settled. */
  readonly #turns = new Map<string, Promise<void>>()
  /** Channels whose value is being asked for: one answer is enough. */
  readonly #missing = new Set<string>()

  constructor(core: Core) {
    this.#core = core
  }

  /** Calls the hook of the connection's handlers, where they have it. Whoever calls does not wait. */
  call(name: HookName, ref: ChannelRef, { handlers }: MemberConnection): void {
    const hooks = readHooks(handlers, ref)
    const hook = hooks?.[name]
    if (typeof hook !== 'function') return
    if (name === 'missing') {
      if (this.#missing.has(ref.name)) return
      this.#missing.add(ref.name)
    }
    const run = () => this.#run(hook as Hook, hooks, ref).finally(() => this.#missing.delete(ref.name))
    const turn = (this.#turns.get(ref.name) ?? Promise.resolve()).then(run)
    const settled = turn
      .catch((error: unknown) => this.#failed(error, name, ref))
      .finally(() => {
        if (this.#turns.get(ref.name) === settled) this.#turns.delete(ref.name)
      })
    this.#turns.set(ref.name, settled)
    this.#core.track(settled)
  }

  async #run(hook: Hook, hooks: object | undefined, ref: ChannelRef): Promise<void> {
    const { template, definition } = ref.channel
    const text = template.match(ref.name) ?? {}
    const what = { code: 'INVALID_PARAMS', what: 'channel parameters' } as const
    const params =
      definition.params === undefined ? text : await readParameters(definition.params, text, what)
    await runHook(this.#core, () => hook.call(hooks, createChannel(this.#core, ref), params))
  }

  #failed(error: unknown, hook: HookName, ref: ChannelRef): void {
    this.#core.environment.logger.error({ error, channel: ref.name, handler: hook }, 'A handler failed.')
  }
}

/** The hooks that the handlers have for a channel. */
function readHooks(
  handlers: object | undefined,
  { channel }: ChannelRef,
): Readonly<Record<string, unknown>> | undefined {
  const all: unknown = handlers === undefined ? undefined : Reflect.get(handlers, 'channels')
  if (typeof all !== 'object' || all === null || !Object.hasOwn(all, channel.key)) return undefined
  return (all as Record<string, Readonly<Record<string, unknown>>>)[channel.key]
}
