import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Health, HealthOptions } from './health.js'

/** Where health is served, and what counts as healthy. */
export interface HealthListenerOptions extends HealthOptions {
  /** Answers 200 as long as the process answers at all. Default `/healthz`. */
  readonly livePath?: string
  /** Answers 200 while clients should be sent here, else 503. Default `/readyz`. */
  readonly readyPath?: string
}

/** Answers a request about health. For any other path it calls `next`, or answers 404 where there is none. */
export type HealthListener = (request: IncomingMessage, response: ServerResponse, next?: () => void) => void

/** A listener over whatever tells the health. */
export function createHealthListener(
  read: (options: HealthOptions) => Promise<Health>,
  options: HealthListenerOptions,
): HealthListener {
  const { livePath = '/healthz', readyPath = '/readyz' } = options
  return (request, response, next = () => response.writeHead(404).end()) => {
    const path = toPath(request.url)
    if (path !== livePath && path !== readyPath) return next()
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end()
      return
    }
    read(options).then(
      (health) => answer(response, path === livePath || health.isReady ? 200 : 503, health),
      () => response.writeHead(500).end(),
    )
  }
}

/** Under a framework that mounts it, `url` is what follows the mount. */
function toPath(url = '/'): string {
  return url.split('?', 1)[0] as string
}

function answer(response: ServerResponse, status: number, health: Health): void {
  const body = JSON.stringify(health)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  }
  response.writeHead(status, headers).end(response.req.method === 'HEAD' ? undefined : body)
}
