import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './generated/paths.js'

export type { components, paths }

export interface AdminClientOptions {
  /** Where the admin API is, such as `http://127.0.0.1:9000`. */
  readonly baseUrl: string
  readonly token: string
  /** Default: the platform's. */
  readonly fetch?: (request: Request) => Promise<Response>
}

export type AdminClient = Client<paths>

/**
 * A typed client of the admin API: `const { data, error } = await admin.GET('/connections', { params: … })`. A refusal
 * is `error`, a problem document; a network that fails rejects.
 */
export function createAdminClient({ baseUrl, token, fetch }: AdminClientOptions): AdminClient {
  const headers = { authorization: `Bearer ${token}` }
  return createClient<paths>({ baseUrl, headers, ...(fetch !== undefined && { fetch }) })
}
