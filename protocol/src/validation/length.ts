/**
 * The number of characters of a string as JSON Schema counts them: code points (RFC 8259, section 8.1), where
 * a surrogate without its partner counts as one.
 */
export function countCodePoints(text: string): number {
  let count = text.length
  for (let index = 1; index < text.length; index++) {
    const isPair = isLow(text.charCodeAt(index)) && isHigh(text.charCodeAt(index - 1))
    if (isPair) count--
  }
  return count
}

/** Whether `text` has at least `least` characters; counts them only where the length in code units leaves it open. */
export function hasMinLength(text: string, least: number): boolean {
  return text.length >= least && (text.length >= 2 * least || countCodePoints(text) >= least)
}

/** Whether `text` has at most `most` characters; counts them only where the length in code units leaves it open. */
export function hasMaxLength(text: string, most: number): boolean {
  return text.length <= most || (text.length <= 2 * most && countCodePoints(text) <= most)
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
