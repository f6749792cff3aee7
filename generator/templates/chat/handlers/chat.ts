import type { ChatHandlers } from '../generated/chat/server.js'

/** One room, seen by one person. Whatever arrives here has been checked against the schema. */
export const chat: ChatHandlers = {
  async connect(ctx) {
    await ctx.channels.room().join({ presence: { name: ctx.query.name } })
    ctx.client.notice({ text: `Welcome, ${ctx.query.name}.` })
  },

  async say(ctx, { text }) {
    await ctx.channels.room().publish('said', { from: ctx.query.name, text, at: Date.now() })
  },

  async rename(ctx, { name }) {
    const room = ctx.channels.room()
    const members = await room.members()
    if (members.some(({ data }) => data.name === name))
      throw ctx.errors.NAME_TAKEN({ suggestion: `${name}2` })
    await room.update({ name })
    return { name }
  },
}
