import { randomUUID } from 'node:crypto'
import type {
  ChatContext,
  ChatHandlers,
  ChatRenameContext,
  ChatRenameInput,
  ChatSayInput,
} from '../generated/server.js'

/** One person in one room: an instance lives as long as its connection. */
export class Chat implements ChatHandlers {
  /** What the person is called at the moment. */
  #name = ''

  async connect(ctx: ChatContext) {
    this.#name = ctx.query.name
    await ctx.channels.room().join({ presence: { name: this.#name } })
    if ((await namesOfOthers(ctx)).has(toKey(this.#name))) {
      ctx.client.notice({ text: `Somebody else here is called ${this.#name}, too.` })
    }
  }

  async say(ctx: ChatContext, { text }: ChatSayInput) {
    const line = { id: randomUUID(), from: this.#name, text, at: Date.now() }
    await ctx.channels.room().publish('said', line)
    return line
  }

  async typing(ctx: ChatContext) {
    await ctx.channels.room().publish('typing', { from: this.#name }, { except: [ctx.id] })
  }

  async rename(ctx: ChatRenameContext, { name }: ChatRenameInput) {
    const taken = await namesOfOthers(ctx)
    if (taken.has(toKey(name))) throw ctx.errors.NAME_TAKEN({ suggestion: findFreeName(name, taken) })
    this.#name = name
    await ctx.channels.room().update({ name })
    return { name }
  }
}

async function namesOfOthers(ctx: ChatContext): Promise<ReadonlySet<string>> {
  const members = await ctx.channels.room().members()
  const others = members.filter((member) => member.connection !== ctx.id)
  return new Set(others.map((member) => toKey(member.data.name)))
}

/** Names that differ in nothing but case are one name. */
function toKey(name: string): string {
  return name.toLowerCase()
}

/** The name with the first number that nobody has yet, within the 32 characters that a name may have. */
function findFreeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 2; ; number++) {
    const candidate = `${name.slice(0, 28).trimEnd()} ${number}`
    if (!taken.has(toKey(candidate))) return candidate
  }
}
