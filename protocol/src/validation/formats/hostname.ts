import { isRightToLeft, isUnicodeLabel } from './idna.js'
import { decodePunycode, encodePunycode } from './punycode.js'

const maxHostLength = 253
const maxLabelLength = 63

const label = `[A-Za-z0-9](?:[A-Za-z0-9-]{0,${maxLabelLength - 2}}[A-Za-z0-9])?`
const asciiPattern = new RegExp(`^${label}(?:\\.${label})*$`)

/** A host name (RFC 1123, section 2.1); labels that begin with `xn--` must be real ones (RFC 5890, section 2.3.2.1). */
export function isHostname(text: string): boolean {
  if (text.length > maxHostLength || !asciiPattern.test(text)) return false
  return !text.includes('--') || text.split('.').every(hasNoFalseCode)
}

/**
 * A host name in any script (RFC 5890, section 2.3.2.3). The ideographic full stops separate labels too. Beside a
 * label that is written from right to left, none begins with a digit (RFC 5893, section 2).
 */
export function isIdnHostname(text: string): boolean {
  if (text.length > maxHostLength) return false
  const labels = text.split(/[.\u3002\uff0e\uff61]/)
  const lengths = labels.map(encodedLength)
  if (labels.some(isRightToLeft) && labels.some((label) => /^\d/.test(label))) return false
  return labels.every(isAnyLabel) && lengths.reduce((sum, length) => sum + length + 1, -1) <= maxHostLength
}

function isAsciiLabel(text: string): boolean {
  return !text.includes('.') && asciiPattern.test(text) && hasNoFalseCode(text)
}

/** Two hyphens in the third place are for encoded labels alone. */
function hasNoFalseCode(label: string): boolean {
  if (label.slice(2, 4) !== '--') return true
  return label.slice(0, 2).toLowerCase() === 'xn' && isEncodedLabel(label.slice(4).toLowerCase())
}

/** The part behind `xn--`: it must decode to a label that needs it, and encode to itself again. */
function isEncodedLabel(encoded: string): boolean {
  const label = decodePunycode(encoded)
  if (label === undefined || isAscii(label)) return false
  return isUnicodeLabel(label) && encodePunycode(label) === encoded
}

function isAnyLabel(label: string): boolean {
  if (isAscii(label)) return isAsciiLabel(label)
  return isUnicodeLabel(label) && encodedLength(label) <= maxLabelLength
}

function encodedLength(label: string): number {
  if (isAscii(label)) return label.length
  return label.length > maxLabelLength ? label.length : 'xn--'.length + encodePunycode(label).length
}

function isAscii(text: string): boolean {
  return [...text].every((character) => character <= '\u007f')
}
