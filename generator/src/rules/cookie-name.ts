import { declaredIn } from './route-params.js'
import type { Rule } from './rule.js'
import { isToken } from './token.js'

/** INVALID_COOKIE_NAME: no request brings a cookie whose name is no token (RFC 6265, section 4.1.1). */
export const cookieName: Rule = (context) =>
  context.model.routes.flatMap(({ cookies }) =>
    (cookies === null ? [] : (declaredIn(cookies, context) ?? []))
      .filter(({ name }) => !isToken(name))
      .map(({ name, path }) => ({
        code: 'INVALID_COOKIE_NAME',
        message: `"${name}" cannot name a cookie: it is no token of RFC 6265.`,
        path,
        at: 'name',
      })),
  )
