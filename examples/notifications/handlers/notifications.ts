import type { NotificationsHandlers } from '../generated/notifications/server.js'
import type { Inboxes } from '../inboxes.js'

/**
 * Both messages of the schema are acknowledged: a client keeps them until their handler is done, sends them again
 * after a reconnect, and none is handled twice. So nobody waits for a reply here, and nothing is lost.
 */
export function createNotifications(inboxes: Inboxes): NotificationsHandlers {
  return {
    /** Joined first, then told what waits: what arrives in between is in both, and never in neither. */
    async connect(ctx) {
      const { user } = ctx.query
      await ctx.channels.inbox({ user }).join()
      ctx.client.unread(inboxes.unread(user))
    },

    async notify(ctx, { to, text }) {
      const notification = inboxes.add(to, { from: ctx.query.user, text })
      await ctx.channels.inbox({ user: to }).publish('arrived', notification)
    },

    async acknowledge(ctx, { id }) {
      const { user } = ctx.query
      if (inboxes.acknowledge(user, id)) await ctx.channels.inbox({ user }).publish('acknowledged', { id })
    },
  }
}
