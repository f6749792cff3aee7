import type { IncomingMessage } from 'node:http'
import { WirepactError } from '@wirepact/protocol'
import { parseCookies } from '../core/query.js'
import type { RequestDetails } from '../types.js'
import type { Origination } from './forwarded.js'

/** Which cross-site pages may connect: none, every one, those of a list of origins, or as a function decides. */
export type Origins =
  | 'same'
  | 'any'
  | readonly string[]
  | ((origin: string, request: RequestDetails) => boolean)

/**
 * Refuses what is no opening handshake of a WebSocket (RFC 6455, section 4.2.1): `METHOD_NOT_ALLOWED`,
 * `UPGRADE_REQUIRED` for another protocol or version, `INVALID_HANDSHAKE` for the rest.
 */
export function requireHandshake(request: IncomingMessage): void {
  const { headers, method } = request
  if (method !== 'GET') throw new WirepactError('METHOD_NOT_ALLOWED', 'A WebSocket is opened with GET.')
  if (headers.upgrade?.toLowerCase() !== 'websocket') {
    throw new WirepactError('UPGRADE_REQUIRED', 'This route speaks WebSocket alone.')
  }
  if (headers['sec-websocket-version'] !== '13') {
    throw new WirepactError('UPGRADE_REQUIRED', 'This server speaks version 13 of the WebSocket protocol.')
  }
  if (headers.host === undefined) {
    throw new WirepactError('INVALID_HANDSHAKE', 'The Host header is missing.')
  }
  const key = headers['sec-websocket-key']
  if (key === undefined || !/^[+/0-9A-Za-z]{22}==$/.test(key)) {
    throw new WirepactError('INVALID_HANDSHAKE', 'The Sec-WebSocket-Key header is missing or malformed.')
  }
  const offered = headers['sec-websocket-protocol']
  if (offered !== undefined && !isTokenList(offered)) {
    throw new WirepactError('INVALID_HANDSHAKE', 'The Sec-WebSocket-Protocol header is malformed.')
  }
}

/** Tokens (RFC 9110, section 5.6.2), none of them twice. */
function isTokenList(header: string): boolean {
  const tokens = header.split(',').map((token) => token.trim())
  return (
    new Set(tokens).size === tokens.length && tokens.every((token) => /^[\w!#$%&'*+.^`|~-]+$/.test(token))
  )
}

/** Throws `ORIGIN_REFUSED` for a page of another site (RFC 6454), unless it is allowed. */
export function requireOrigin(details: RequestDetails, origins: Origins): void {
  const { origin } = details
  if (origin === undefined || isAllowed(origin, details, origins)) return
  throw new WirepactError('ORIGIN_REFUSED', 'Pages of this origin may not connect.')
}

function isAllowed(origin: string, details: RequestDetails, origins: Origins): boolean {
  // A promise is no answer: it must not let in everybody, whatever it comes to.
  if (typeof origins === 'function') return origins(origin, details) === true
  if (origins === 'any') return true
  if (origins !== 'same') return Array.isArray(origins) && origins.includes(origin)
  return details.host !== undefined && isSameHost(origin, details.host)
}

/** Compares host and port; default ports may be left out on either side. */
function isSameHost(origin: string, host: string): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: originHost } = new URL(origin)
  return (
    URL.canParse(`${protocol}//${host}`) &&
    originHost !== '' &&
    new URL(`${protocol}//${host}`).host === originHost
  )
}

/** What handlers may know about the request. */
export function toDetails(request: IncomingMessage, origination: Origination): RequestDetails {
  const url = request.url ?? '/'
  const { headers } = request
  const { address, port, host, protocol } = origination
  return {
    url,
    path: toPath(url),
    headers,
    cookies: parseCookies(headers.cookie),
    origin: headers.origin,
    userAgent: headers['user-agent'],
    remote: { address, port },
    host,
    port: Number(/:(\d{1,5})$/.exec(host ?? '')?.[1] ?? usualPorts[protocol]),
    protocol,
  }
}

const usualPorts = { ws: 80, wss: 443 } as const

/** The path of a request target. */
export function toPath(url: string): string {
  const end = url.search(/[?#]/)
  return end < 0 ? url : url.slice(0, end)
}
