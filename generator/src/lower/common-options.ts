import type { AuthIr, Docs, RateLimitIr } from '../ir.js'
import type { Options } from '../model/model.js'

export function docsOf({ description, deprecated, examples }: Options): Docs {
  return {
    ...(typeof description === 'string' && { description }),
    ...(typeof deprecated === 'boolean' && { deprecated }),
    ...(Array.isArray(examples) && { examples }),
  }
}

/** What all of these parts ask for together, outermost first. */
export function authOf(parts: readonly Options[]): { readonly auth?: AuthIr } {
  const asked = parts.flatMap(({ auth }) => auth ?? [])
  const scopes = [...new Set(asked)].filter((scope) => typeof scope === 'string' && scope !== 'required')
  if (scopes.length > 0) return { auth: scopes as string[] }
  return asked.length > 0 ? { auth: 'required' } : {}
}

export function rateLimitOf({ rateLimit }: Options): { readonly rateLimit?: RateLimitIr } {
  if (rateLimit === undefined) return {}
  const { perSecond, burst } = rateLimit as RateLimitIr
  return { rateLimit: { perSecond, burst } }
}
