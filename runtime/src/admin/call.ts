import type { IncomingMessage } from 'node:http'
import { parseJson, WirepactError } from '@wirepact/protocol'
import type { Core } from '../core/core.js'
import type { Health } from '../health/health.js'

/** What the operations work with. */
export interface AdminParts {
  readonly core: Core
  readonly readHealth: () => Promise<Health>
  readonly maxBodyBytes: number
}

/** One call of the admin API. */
export interface AdminCall extends AdminParts {
  readonly request: IncomingMessage
  /** What the path holds, decoded. */
  readonly params: Readonly<Record<string, string>>
  readonly query: URLSearchParams
}

/** What a call is answered. */
export interface AdminAnswer {
  readonly status: number
  /** Undefined for none. */
  readonly body?: unknown
}

/** A page of things that are counted as they come. */
export interface PageQuery {
  readonly limit: number
  /** Only what came after the one of this number. */
  readonly after: number
}

const defaultLimit = 50
const maxLimit = 1000

/** Throws `INVALID_QUERY`. */
export function readPage(query: URLSearchParams): PageQuery {
  return { limit: readLimit(query), after: readWhole(query, 'after') ?? 0 }
}

/** Throws `INVALID_QUERY`. */
export function readLimit(query: URLSearchParams): number {
  const limit = readWhole(query, 'limit') ?? defaultLimit
  if (limit >= 1 && limit <= maxLimit) return limit
  throw new WirepactError('INVALID_QUERY', `limit is a whole number from 1 to ${maxLimit}.`)
}

/** A whole number from 0 on; undefined when it is not given. Throws `INVALID_QUERY`. */
export function readWhole(query: URLSearchParams, name: string): number | undefined {
  const [text, ...more] = query.getAll(name)
  if (text === undefined) return undefined
  if (more.length === 0 && /^\d{1,15}$/.test(text)) return Number(text)
  throw new WirepactError('INVALID_QUERY', `${name} is one whole number from 0 on.`)
}

/** The body as an object. Throws `WRONG_KIND`, `TOO_BIG`, `INVALID_JSON` and what parsing throws. */
export async function readBody(call: AdminCall): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(call)
  if (text === '') return {}
  const { headers } = call.request
  const type = headers['content-type'] ?? ''
  if (!/^application\/json\s*(;|$)/i.test(type) || headers['content-encoding'] !== undefined) {
    throw new WirepactError('WRONG_KIND', 'The body has to be JSON: application/json, not compressed.')
  }
  const value = parseJson(text, call.core.limits)
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new WirepactError('INVALID_JSON', 'The body has to be an object.')
  return value as Readonly<Record<string, unknown>>
}

async function readText({ request, maxBodyBytes }: AdminCall): Promise<string> {
  // What somebody else has taken would look like no body at all, and mean something else.
  if (request.readableDidRead)
    throw new Error('The body was read already: mount the admin API before what parses bodies.')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength
    if (bytes > maxBodyBytes) throw new WirepactError('TOO_BIG', `A body has at most ${maxBodyBytes} bytes.`)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new WirepactError('INVALID_JSON', 'The body is no UTF-8.')
  }
}
