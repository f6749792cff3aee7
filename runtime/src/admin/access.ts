import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { WirepactError } from '@wirepact/protocol'

/** Who may use the admin API: whoever has the token, or whomever a function lets in. */
export type AdminAccess =
  | {
      /** At least 16 characters, presented as `Authorization: Bearer <token>`. */
      readonly token: string
    }
  | {
      /** Answers true for a request that may pass; anything else, and an error, is a refusal. */
      readonly verify: (request: IncomingMessage) => boolean | Promise<boolean>
    }

/** Throws `UNAUTHENTICATED`. */
export type Guard = (request: IncomingMessage) => Promise<void>

const minTokenLength = 16

/** Throws a `TypeError` for an access that lets in anybody. */
export function createGuard(access: AdminAccess): Guard {
  const verify = 'verify' in access ? access.verify : createTokenCheck(access.token)
  if (typeof verify !== 'function') throw new TypeError('verify has to be a function.')
  return async (request) => {
    const isAllowed = await Promise.resolve(request).then(verify)
    if (isAllowed !== true)
      throw new WirepactError('UNAUTHENTICATED', 'The credentials are missing or wrong.')
  }
}

/** Compares in a time that says nothing of the token. */
function createTokenCheck(token: unknown): (request: IncomingMessage) => boolean {
  if (typeof token !== 'string' || token.length < minTokenLength) {
    throw new TypeError(
      `The admin API needs a token of at least ${minTokenLength} characters, or a verify function.`,
    )
  }
  const expected = digest(token)
  return ({ headers }) => {
    const presented = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? ''
    return timingSafeEqual(digest(presented), expected)
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
