import { isHostname, isIdnHostname } from './hostname.js'
import { isAddressLiteral } from './uri.js'

const maxLocalBytes = 64
const atext = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~]"
const wideAtext = "[A-Za-z0-9!#$%&'*+\\-/=?^_`{|}~\\u{80}-\\u{10ffff}]"
const dotted = (characters: string, flags: string) =>
  new RegExp(`^${characters}+(?:\\.${characters}+)*$`, flags)
const plain = dotted(atext, '')
const widePlain = dotted(wideAtext, 'u')
const quoted = /^"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\[\x20-\x7e])*"$/
const wideQuoted = /^"(?:[\x20-\x21\x23-\x5b\x5d-\x7e\u{80}-\u{10ffff}]|\\[\x20-\x7e])*"$/u

/**
 * What nearly all addresses look like, found in one pass. A text as short as a local part may be keeps all limits of
 * length, and hyphens that stand alone are in no label that would have to be decoded.
 */
const usual = new RegExp(`^${atext}+(?:\\.${atext}+)*@[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*$`)

/** A `Mailbox` of RFC 5321, section 4.1.2. */
export function isEmail(text: string): boolean {
  return (text.length <= maxLocalBytes && usual.test(text)) || isMailbox(text)
}

function isMailbox(text: string): boolean {
  const parts = split(text)
  if (parts === undefined || !(plain.test(parts.local) || quoted.test(parts.local))) return false
  return isDomain(parts.domain, isHostname)
}

/** A mailbox in any script (RFC 6531, section 3.3). */
export function isIdnEmail(text: string): boolean {
  const parts = split(text)
  if (parts === undefined || !(widePlain.test(parts.local) || wideQuoted.test(parts.local))) return false
  return isDomain(parts.domain.normalize('NFC'), isIdnHostname)
}

/** The parts around the last `@`; the local part has a limit (RFC 5321, section 4.5.3.1.1). */
function split(text: string): { local: string; domain: string } | undefined {
  const at = text.lastIndexOf('@')
  if (at < 1 || at > maxLocalBytes) return undefined
  return { local: text.slice(0, at), domain: text.slice(at + 1) }
}

function isDomain(domain: string, isName: (text: string) => boolean): boolean {
  const isLiteral = domain.startsWith('[') && domain.endsWith(']')
  return isLiteral ? isAddressLiteral(domain.slice(1, -1)) : isName(domain)
}
