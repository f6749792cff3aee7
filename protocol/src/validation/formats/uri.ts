import { isIpv4, isIpv6 } from './ip.js'

/** Which characters may stand unencoded in each part. */
interface Characters {
  readonly userInfo: RegExp
  readonly host: RegExp
  readonly path: RegExp
  readonly query: RegExp
  readonly fragment: RegExp
}

const unreserved = "A-Za-z0-9\\-._~!$&'()*+,;="

/** The `ucschar` of RFC 3987, section 2.2. */
const international =
  '\\u{a0}-\\u{d7ff}\\u{f900}-\\u{fdcf}\\u{fdf0}-\\u{ffef}' +
  '\\u{10000}-\\u{1fffd}\\u{20000}-\\u{2fffd}\\u{30000}-\\u{3fffd}\\u{40000}-\\u{4fffd}\\u{50000}-\\u{5fffd}' +
  '\\u{60000}-\\u{6fffd}\\u{70000}-\\u{7fffd}\\u{80000}-\\u{8fffd}\\u{90000}-\\u{9fffd}\\u{a0000}-\\u{afffd}' +
  '\\u{b0000}-\\u{bfffd}\\u{c0000}-\\u{cfffd}\\u{d0000}-\\u{dfffd}\\u{e1000}-\\u{efffd}'

/** The `iprivate` of RFC 3987, section 2.2, for queries alone. */
const privateUse = '\\u{e000}-\\u{f8ff}\\u{f0000}-\\u{ffffd}\\u{100000}-\\u{10fffd}'

const all = (characters: string) => new RegExp(`^(?:[${characters}]|%[0-9A-Fa-f]{2})*$`, 'u')

function charactersOf(more: string, inQuery: string): Characters {
  return {
    userInfo: all(`${unreserved}:${more}`),
    host: all(unreserved + more),
    path: all(`${unreserved}:@/${more}`),
    query: all(`${unreserved}:@/?${more}${inQuery}`),
    fragment: all(`${unreserved}:@/?${more}`),
  }
}

const ascii = charactersOf('', '')
const unicode = charactersOf(international, privateUse)

/** Characters and percent-encoded ones in any order. Written so that there is one way to read a text: it takes one pass. */
const run = (characters: string) => `[${characters}]*(?:%[0-9A-Fa-f]{2}[${characters}]*)*`

/** A URI as a whole, unless its host is an IP literal. */
const uriPattern = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:` +
    `(?://(?:${run(`${unreserved}:`)}@)?${run(unreserved)}(?::\\d*)?(?:/${run(`${unreserved}:@/`)})?` +
    `|(?!//)${run(`${unreserved}:@/`)})` +
    `(?:\\?${run(`${unreserved}:@/?`)})?(?:#${run(`${unreserved}:@/?`)})?$`,
)

/** A URI with its scheme (RFC 3986, section 3). */
export function isUri(text: string): boolean {
  return uriPattern.test(text) || (text.includes('[') && hasScheme(text) && isReference(text, ascii))
}

/** A URI or a relative reference (RFC 3986, section 4.1). */
export function isUriReference(text: string): boolean {
  return isReference(text, ascii)
}

/** An IRI with its scheme (RFC 3987, section 2.2). */
export function isIri(text: string): boolean {
  return hasScheme(text) && isReference(text, unicode)
}

/** An IRI or a relative reference (RFC 3987, section 2.2). */
export function isIriReference(text: string): boolean {
  return isReference(text, unicode)
}

const schemePattern = /^[A-Za-z][A-Za-z0-9+.-]*:/
const partsPattern = /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/su

function hasScheme(text: string): boolean {
  return schemePattern.test(text)
}

/** The parts are found first (RFC 3986, appendix B) and looked at one by one, so that nothing is tried twice. */
function isReference(text: string, characters: Characters): boolean {
  const [, scheme, authority, path = '', query = '', fragment = ''] = partsPattern.exec(text) ?? []
  if (scheme !== undefined && !schemePattern.test(`${scheme}:`)) return false
  if (authority !== undefined && !isAuthority(authority, characters)) return false
  if (authority === undefined && path.startsWith('//')) return false
  return characters.path.test(path) && characters.query.test(query) && characters.fragment.test(fragment)
}

/** `[userinfo@]host[:port]` (RFC 3986, section 3.2). */
function isAuthority(text: string, characters: Characters): boolean {
  const at = text.lastIndexOf('@')
  if (at >= 0 && !characters.userInfo.test(text.slice(0, at))) return false
  const place = text.slice(at + 1)
  if (place.startsWith('[')) return isBracketed(place)
  const [host = '', port = '', ...more] = place.split(':')
  return more.length === 0 && characters.host.test(host) && /^\d*$/.test(port)
}

/** An IP literal and its port (RFC 3986, section 3.2.2). */
function isBracketed(text: string): boolean {
  const end = text.indexOf(']')
  const literal = text.slice(1, end)
  if (end < 0 || !/^(?::\d*)?$/.test(text.slice(end + 1))) return false
  return isIpv6(literal) || /^v[0-9a-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+$/i.test(literal)
}

/** Whether the text in brackets of a mail address is an address literal (RFC 5321, section 4.1.3). */
export function isAddressLiteral(text: string): boolean {
  if (text.toLowerCase().startsWith('ipv6:')) return isIpv6(text.slice('ipv6:'.length))
  return isIpv4(text)
}
