import { type Origins, requireOrigin } from '../host/handshake.js'
import type { UpgradeMiddleware } from './middleware.js'

/**
 * Refuses pages of other origins with `ORIGIN_REFUSED` (403), for the routes that it is used for. The option
 * `origins` of the server is asked before: this can be stricter, not laxer.
 */
export function origin(rule: Origins): UpgradeMiddleware {
  return (ctx, next) => {
    requireOrigin(ctx.request, rule)
    return next()
  }
}
