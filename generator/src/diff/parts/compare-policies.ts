import type { AuthIr, BackpressureIr, RateLimitIr } from '../../ir.js'
import type { PartPair, Report } from './part-pair.js'

/** AUTH_*, SCOPE_*: who may use a part. */
export function compareAuth({ before, after, path }: PartPair<{ readonly auth?: AuthIr }>, report: Report) {
  const [old, now] = [before.auth, after.auth]
  if (old === undefined && now === undefined) return
  if (old === undefined) {
    report.difference({ kind: 'AUTH_ADDED', path, what: `It needs ${showAuth(now)} now.` })
  } else if (now === undefined) {
    report.difference({ kind: 'AUTH_REMOVED', path, what: 'It is open to everybody now.' })
  } else {
    const [were, are] = [scopesOf(old), scopesOf(now)]
    for (const scope of are.filter((one) => !were.includes(one))) {
      report.difference({ kind: 'SCOPE_ADDED', path, what: `It needs the scope ${scope} now.` })
    }
    for (const scope of were.filter((one) => !are.includes(one))) {
      report.difference({
        kind: 'SCOPE_REMOVED',
        path,
        what: `It does not need the scope ${scope} any more.`,
      })
    }
  }
}

function scopesOf(auth: AuthIr): readonly string[] {
  return auth === 'required' ? [] : auth
}

function showAuth(auth: AuthIr | undefined): string {
  const scopes = auth === undefined ? [] : scopesOf(auth)
  return scopes.length === 0 ? 'authentication' : `the scopes ${scopes.join(', ')}`
}

/** RATE_LIMIT_*: how often a message may be sent. */
export function compareRateLimit(
  { before, after, path }: PartPair<{ readonly rateLimit?: RateLimitIr }>,
  report: Report,
): void {
  const [old, now] = [before.rateLimit ?? unlimited, after.rateLimit ?? unlimited]
  const what = `The limit is ${showRate(after.rateLimit)} now, and was ${showRate(before.rateLimit)}.`
  if (now.perSecond < old.perSecond || now.burst < old.burst) {
    report.difference({ kind: 'RATE_LIMIT_TIGHTENED', path, what })
  } else if (now.perSecond > old.perSecond || now.burst > old.burst) {
    report.difference({ kind: 'RATE_LIMIT_LOOSENED', path, what })
  }
}

const unlimited: RateLimitIr = { perSecond: Number.POSITIVE_INFINITY, burst: Number.POSITIVE_INFINITY }

function showRate(limit: RateLimitIr | undefined): string {
  return limit === undefined ? 'none' : `${limit.perSecond} a second and ${limit.burst} at once`
}

const strength = { close: 2, latest: 1, drop: 0 } as const

/** BACKPRESSURE_*: what happens to a message for a client that is slow. */
export function compareBackpressure(
  { before, after, path }: PartPair<{ readonly backpressure?: BackpressureIr }>,
  report: Report,
): void {
  const [old, now]: readonly BackpressureIr[] = [before.backpressure ?? close, after.backpressure ?? close]
  if (old === undefined || now === undefined) return
  const what = `The policy is ${showPolicy(now)} now, and was ${showPolicy(old)}.`
  const change = strength[now.policy] - strength[old.policy]
  if (change < 0) report.difference({ kind: 'BACKPRESSURE_WEAKENED', path, what })
  else if (change > 0) report.difference({ kind: 'BACKPRESSURE_STRENGTHENED', path, what })
  else if (keyOf(old) !== keyOf(now)) report.difference({ kind: 'BACKPRESSURE_KEY_CHANGED', path, what })
}

const close: BackpressureIr = { policy: 'close' }

function keyOf(policy: BackpressureIr): string | undefined {
  return policy.policy === 'latest' ? policy.key : undefined
}

function showPolicy(policy: BackpressureIr): string {
  const key = keyOf(policy)
  return key === undefined ? policy.policy : `${policy.policy} by ${key}`
}
