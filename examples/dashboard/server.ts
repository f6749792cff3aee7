import type { ServerOptions } from '@wirepact/runtime'
import { createServer, type Server } from './generated/server.js'
import { createDashboard } from './handlers/dashboard.js'
import { Metrics } from './metrics.js'

export interface DashboardServer {
  readonly server: Server
  /** Takes a sample, and shows it to everybody who watches. */
  record(metric: string, value: number): void
}

export function createDashboardServer(options: ServerOptions = {}): DashboardServer {
  const metrics = new Metrics()
  const server = createServer({ dashboard: createDashboard(metrics) }, options)
  const channel = server.routes.dashboard.channels.metrics()
  const record = (metric: string, value: number) => {
    const sample = { metric, value, at: Date.now() }
    metrics.add(sample)
    void channel.publish('sampled', sample)
  }
  return { server, record }
}
