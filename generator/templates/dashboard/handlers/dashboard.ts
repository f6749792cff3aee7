import type { DashboardHandlers } from '../generated/dashboard/server.js'

/** How often samples are taken, in milliseconds. */
export const pace = { everyMs: 1000 }

/** Whatever arrives here has been checked against the schema. */
export const dashboard: DashboardHandlers = {
  setPace(_ctx, { everyMs }) {
    pace.everyMs = everyMs
    return { everyMs }
  },
}
