import { type MaybePromise, WirepactError } from '@wirepact/protocol'
import type { Grant, RequestDetails } from '../types.js'
import type { ConnectContext, Middleware, UpgradeContext } from './middleware.js'

/** Where a credential is looked for: in the request, or in the token of the client's first message. */
export type CredentialSource =
  | { readonly stage: 'upgrade'; readonly read: (ctx: UpgradeContext) => string | undefined }
  | { readonly stage: 'connect' }

/** How clients show who they are. */
export interface AuthenticateOptions {
  /** Where the credential is; of several, the first that has one decides, those of the request before the ticket. */
  readonly from: CredentialSource | readonly CredentialSource[]
  /**
   * Says whose credential it is, or nothing for one that does not hold. What it throws is logged and refuses with
   * 500, or 1011, so that clients come back; a library that throws for a bad token wants a `catch`.
   */
  readonly verify: (
    credential: string,
    ctx: UpgradeContext | ConnectContext,
  ) => MaybePromise<Grant | undefined | null | false>
}

/** The token of the `Authorization: Bearer` header (RFC 6750, section 2.1). Browsers cannot send one. */
export function bearer(): CredentialSource {
  const read = ({ request }: UpgradeContext) =>
    /^Bearer +([\w~+/.-]+=*) *$/i.exec(String(request.headers.authorization ?? ''))?.[1]
  return { stage: 'upgrade', read }
}

/** The value of a cookie. Keep the option `origins` strict: browsers send cookies for every page. */
export function cookie(name: string): CredentialSource {
  return { stage: 'upgrade', read: ({ request }) => request.cookies[name] || undefined }
}

/** A query parameter. URLs are written to logs on the way: let it hold for a moment, and once. */
export function query(name: string): CredentialSource {
  const read = ({ request }: UpgradeContext) =>
    new URLSearchParams(request.url.slice(request.path.length)).get(name) || undefined
  return { stage: 'upgrade', read }
}

/**
 * The token that the client sends in its first message: `createClient(url, { auth })`. On the open connection it may
 * give a fresh one, which is looked at in the same way. Bare routes have none.
 */
export function ticket(): CredentialSource {
  return { stage: 'connect' }
}

/**
 * Lets in whoever shows a credential that holds, and grants what `verify` answers. Everybody else is refused with
 * `UNAUTHENTICATED` (401, or 4501 for a ticket), always in the same words.
 */
export function authenticate({ from, verify }: AuthenticateOptions): Middleware {
  const sources = [from].flat()
  const requestSources = sources.filter((source) => source.stage === 'upgrade')
  const takesTicket = sources.some(({ stage }) => stage === 'connect')
  if (sources.length === 0) throw new TypeError('authenticate needs a place to find the credential in.')
  /** Requests whose client is known already. */
  const known = new WeakSet<RequestDetails>()

  async function admit(ctx: UpgradeContext | ConnectContext, credential: string | undefined): Promise<void> {
    const grant = credential === undefined ? undefined : await verify(credential, ctx)
    if (typeof grant !== 'object' || grant === null) throw unauthenticated()
    ctx.grant(grant)
    known.add(ctx.request)
  }

  return {
    ...(requestSources.length > 0 && {
      async upgrade(ctx, next) {
        const credential = firstOf(requestSources, ctx)
        if (credential !== undefined || !takesTicket) await admit(ctx, credential)
        await next()
      },
    }),
    ...(takesTicket && {
      async connect(ctx, next) {
        if (!known.has(ctx.request)) await admit(ctx, ctx.token)
        await next()
      },
      async refresh(ctx, token, next) {
        await admit(ctx, token)
        await next()
      },
    }),
  }
}

type RequestSource = Extract<CredentialSource, { stage: 'upgrade' }>

function firstOf(sources: readonly RequestSource[], ctx: UpgradeContext): string | undefined {
  for (const { read } of sources) {
    const credential = read(ctx)
    if (credential !== undefined) return credential
  }
  return undefined
}

function unauthenticated(): WirepactError {
  return new WirepactError('UNAUTHENTICATED', 'Nobody is known by this credential.')
}
