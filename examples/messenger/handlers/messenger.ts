import { randomUUID } from 'node:crypto'
import type { Line, MessengerContext, MessengerHandlers, MessengerSayContext } from '../generated/server.js'

/**
 * One person. Rooms are joined and left by the client itself (`join: 'open'`); the runtime keeps their history,
 * tells who is in them, and brings back what a broken connection has missed.
 */
export const messenger: MessengerHandlers = {
  /**
   * Says who it is, as far as a name is proof. Direct messages come to a channel of one's own, with a history: whoever
   * is away finds them later.
   */
  async connect(ctx) {
    ctx.grant({ user: ctx.query.name })
    await ctx.channels.direct({ name: ctx.query.name }).join()
  },

  async say(ctx, { roomId, id, text }) {
    await requireMember(ctx, roomId)
    const line = createLine(ctx, text, id)
    await ctx.channels.room({ roomId }).publish('said', line, { key: `${ctx.user} ${id}` })
    return line
  },

  async tell(ctx, { to, text }) {
    const line = createLine(ctx, text)
    await ctx.channels.direct({ name: to }).publish('told', line)
    return line
  },

  async react(ctx, { roomId, line, emoji }) {
    await requireMember(ctx, roomId)
    await ctx.channels.room({ roomId }).publish('reacted', { line, from: ctx.query.name, emoji })
  },

  async typing(ctx, { roomId }) {
    await ctx.channels.room({ roomId }).publish('typing', { from: ctx.query.name }, { except: [ctx.id] })
  },
}

function createLine(ctx: MessengerContext, text: string, id: string = randomUUID()): Line {
  return { id, from: ctx.query.name, text, at: Date.now() }
}

async function requireMember(ctx: MessengerSayContext, roomId: string): Promise<void> {
  const members = await ctx.channels.room({ roomId }).members()
  if (!members.some(({ user }) => user === ctx.user)) throw ctx.errors.NOT_HERE({})
}
