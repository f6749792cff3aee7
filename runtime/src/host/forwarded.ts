import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { toPlainAddress } from '../core/address.js'

/** Proxies that may say who the client is: how many there are, or their addresses and networks (`10.0.0.0/8`). */
export type TrustedProxies = number | readonly string[]

/**
 * Whom to believe about the client. `false`: nobody. Otherwise the proxies, which write `X-Forwarded-*` unless it
 * says that they write `Forwarded` (RFC 7239). Only what they write is read: a client may write the other one.
 */
export type TrustProxy =
  | false
  | TrustedProxies
  | { readonly proxies: TrustedProxies; readonly header: 'forwarded' | 'x-forwarded' }

/** Where a request comes from, and what it asked for. */
export interface Origination {
  readonly address: string
  readonly port: number
  readonly host: string | undefined
  readonly protocol: 'ws' | 'wss'
}

/** What one proxy says of the one before it. */
interface Hop {
  /** Undefined when it does not say: nobody before it can then be known. */
  readonly address: string | undefined
  readonly port: number
  readonly host: string | undefined
  readonly protocol: string | undefined
}

const unsaid = { address: undefined, port: 0 } as const

type IsTrusted = (address: string, hop: number) => boolean

/** Reads where requests come from. Throws a `RangeError` for proxies that are no number, address or network. */
export function createOriginations(trust: TrustProxy): (request: IncomingMessage) => Origination {
  if (trust === false) return fromSocket
  const { proxies, header } =
    typeof trust === 'object' && 'proxies' in trust
      ? trust
      : { proxies: trust, header: 'x-forwarded' as const }
  const isTrusted = createTrust(proxies)
  const readHops = header === 'forwarded' ? readForwarded : readXForwarded
  return (request) => follow(fromSocket(request), isTrusted, () => readHops(request))
}

function fromSocket({ socket, headers }: IncomingMessage): Origination {
  return {
    address: toPlainAddress(socket.remoteAddress ?? ''),
    port: socket.remotePort ?? 0,
    host: headers.host,
    protocol: 'encrypted' in socket ? 'wss' : 'ws',
  }
}

/** From the nearest proxy back, as long as who says it is trusted; what cannot be read ends it. */
function follow(peer: Origination, isTrusted: IsTrusted, readHops: () => readonly (Hop | undefined)[]) {
  if (!isTrusted(peer.address, 0)) return peer
  let known = peer
  for (const [index, hop] of readHops().toReversed().entries()) {
    if (hop === undefined || !isTrusted(known.address, index)) break
    const { address, port, host = known.host } = hop
    const protocol = toProtocol(hop.protocol) ?? known.protocol
    if (address === undefined) return { ...known, host, protocol }
    known = { address, port, host, protocol }
  }
  return known
}

function toProtocol(text: string | undefined): 'ws' | 'wss' | undefined {
  const name = text?.toLowerCase()
  if (name === 'https' || name === 'wss') return 'wss'
  return name === 'http' || name === 'ws' ? 'ws' : undefined
}

function createTrust(proxies: TrustedProxies): IsTrusted {
  if (typeof proxies === 'number') {
    if (Number.isSafeInteger(proxies) && proxies >= 0) return (_address, hop) => hop < proxies
    throw new RangeError('trustProxy is a number of proxies from 0 on.')
  }
  const list = new BlockList()
  for (const one of proxies) addTo(list, one)
  return (address) => isIP(address) > 0 && list.check(address, familyOf(address))
}

function addTo(list: BlockList, given: string): void {
  const [network = '', bits, ...rest] = given.split('/')
  const address = toPlainAddress(network)
  const size = isIP(address) === 6 ? 128 : 32
  const prefix = bits === undefined ? size : Number(bits)
  const isWhole = Number.isInteger(prefix) && prefix >= 0 && prefix <= size && bits !== ''
  if (isIP(address) === 0 || !isWhole || rest.length > 0)
    throw new RangeError(`trustProxy names ${given}, which is no address and no network.`)
  list.addSubnet(address, prefix, familyOf(address))
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4'
}

/**
 * `X-Forwarded-For` has one entry for each proxy. Of the host and the protocol there may be fewer, where only the
 * outermost proxy says them.
 */
function readXForwarded({ headers }: IncomingMessage): (Hop | undefined)[] {
  const list = (name: string) => splitList(headers[`x-forwarded-${name}`])
  const [hosts, protocols] = [list('host'), list('proto')]
  const all = list('for')
  if (all.length === 0) return [{ ...unsaid, host: toHost(hosts.at(-1)), protocol: protocols.at(-1) }]
  const beside = (values: readonly string[], index: number) =>
    values[Math.max(0, values.length - (all.length - index))]
  return all.map((text, index) => {
    const node = readNode(text)
    return node && { ...node, host: toHost(beside(hosts, index)), protocol: beside(protocols, index) }
  })
}

/** `Forwarded` (RFC 7239, section 4) has one element for each proxy. */
function readForwarded({ headers }: IncomingMessage): (Hop | undefined)[] {
  return splitQuoted(headers.forwarded ?? '', ',').map((element) => {
    const pairs = new Map(splitQuoted(element, ';').map(readPair))
    const from = pairs.get('for')
    const node = from === undefined ? unsaid : readNode(from)
    return node && { ...node, host: toHost(pairs.get('host')), protocol: pairs.get('proto') }
  })
}

function readPair(text: string): readonly [name: string, value: string] {
  const at = text.indexOf('=')
  const value = text.slice(at + 1).trim()
  const plain = /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/gs, '$1') : value
  return [text.slice(0, Math.max(0, at)).trim().toLowerCase(), plain]
}

/** An address with or without a port; undefined for `unknown`, a name (section 6.3) and what is malformed. */
function readNode(text: string): { address: string; port: number } | undefined {
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text) ?? []
  const address = toPlainAddress(bracketed ?? plain ?? text)
  return isIP(address) === 0 ? undefined : { address, port: Number(port ?? 0) }
}

function toHost(text: string | undefined): string | undefined {
  return text !== undefined && /^[\w.:[\]-]{1,255}$/.test(text) ? text : undefined
}

function splitList(header: string | string[] | undefined): string[] {
  return String(header ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** Splits outside of quoted strings (RFC 9110, section 5.6.4). */
function splitQuoted(text: string, separator: ',' | ';'): string[] {
  const parts: string[] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    if (quoted && text[at] === '\\') at++
    else if (text[at] === '"') quoted = !quoted
    else if (!quoted && text[at] === separator) {
      parts.push(text.slice(start, at).trim())
      start = at + 1
    }
  }
  return [...parts, text.slice(start).trim()].filter((part) => part !== '')
}
