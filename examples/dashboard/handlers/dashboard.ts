import type { DashboardHandlers } from '../generated/dashboard/server.js'
import { type Metrics, thinOut } from '../metrics.js'

export function createDashboard(metrics: Metrics): DashboardHandlers {
  return {
    /** The channel brings the newest sample of each metric, and every change from here on. */
    async connect(ctx) {
      await ctx.channels.metrics().join()
    },

    range(ctx, { metric, from, to, maxSamples = 100 }) {
      const samples = metrics.between(metric, from, to)
      if (samples === undefined) throw ctx.errors.UNKNOWN_METRIC({ known: metrics.names })
      return thinOut(samples, maxSamples)
    },
  }
}
