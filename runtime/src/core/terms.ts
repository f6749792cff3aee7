import { closeCodes } from '@wirepact/protocol'

/** How the server's own code wants a connection to be refused over HTTP; the data of such an error. */
export class StatusTerms {
  readonly status: number
  readonly headers: Headers

  constructor(status: number, headers: Headers) {
    this.status = status
    this.headers = headers
  }

  /** The close code for a connection that is there already. */
  get close(): number {
    if (this.status === 401) return closeCodes.UNAUTHENTICATED
    if (this.status === 403) return closeCodes.FORBIDDEN
    if (this.status === 429 || this.status === 503) return closeCodes.TRY_AGAIN_LATER
    return this.status >= 500 ? closeCodes.INTERNAL_ERROR : closeCodes.POLICY_VIOLATION
  }
}

/** How the server's own code wants a connection to be closed; the data of such an error. */
export class CloseTerms {
  readonly close: number
  readonly reason: string

  constructor(close: number, reason: string) {
    this.close = close
    this.reason = reason
  }
}

/** What the server's own code said about how to refuse; undefined for every other error. */
export function readTerms({ data }: { readonly data: unknown }): StatusTerms | CloseTerms | undefined {
  return data instanceof StatusTerms || data instanceof CloseTerms ? data : undefined
}
