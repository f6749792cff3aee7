const base = 36
const tMin = 1
const tMax = 26
const skew = 38
const damp = 700
const initialBias = 72
const initialCode = 0x80
const maxCode = 0x10ffff

/** The text behind a Punycode string (RFC 3492, section 6.2); undefined when it is none. */
export function decodePunycode(text: string): string | undefined {
  const delimiter = text.lastIndexOf('-')
  const codes = [...text.slice(0, Math.max(delimiter, 0))].map(
    (character) => character.codePointAt(0) as number,
  )
  let [code, index, bias] = [initialCode, 0, initialBias]
  for (let at = delimiter < 0 ? 0 : delimiter + 1; at < text.length; ) {
    const number = readNumber(text, at, bias)
    if (number === undefined) return undefined
    index += number.value
    at = number.end
    const length = codes.length + 1
    bias = adapt(number.value, length, code === initialCode && codes.length === Math.max(delimiter, 0))
    code += Math.floor(index / length)
    index %= length
    if (code > maxCode || (code >= 0xd800 && code <= 0xdfff)) return undefined
    codes.splice(index++, 0, code)
  }
  return String.fromCodePoint(...codes)
}

/** One variable-length number (section 3.3). */
function readNumber(text: string, start: number, bias: number): { value: number; end: number } | undefined {
  let [value, weight] = [0, 1]
  for (let at = start, k = base; at < text.length; at++, k += base) {
    const digit = digitOf(text.charCodeAt(at))
    if (digit === undefined) return undefined
    value += digit * weight
    if (value > maxCode * 64) return undefined
    const threshold = Math.min(Math.max(k - bias, tMin), tMax)
    if (digit < threshold) return { value, end: at + 1 }
    weight *= base - threshold
  }
  return undefined
}

function digitOf(unit: number): number | undefined {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30 + 26
  const lower = unit | 0x20
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x61 : undefined
}

/** Bias adaptation (section 6.1). */
function adapt(delta: number, length: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2))
  rest += Math.floor(rest / length)
  let k = 0
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin))
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew))
}

/** The Punycode of a text (RFC 3492, section 6.3), to prove that a decoded label was the only form of its text. */
export function encodePunycode(text: string): string {
  const codes = [...text].map((character) => character.codePointAt(0) as number)
  const basic = codes.filter((code) => code < initialCode)
  let output = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '')
  let [code, delta, bias, handled] = [initialCode, 0, initialBias, basic.length]
  while (handled < codes.length) {
    const next = Math.min(...codes.filter((candidate) => candidate >= code))
    delta += (next - code) * (handled + 1)
    code = next
    for (const candidate of codes) {
      if (candidate < code) delta++
      if (candidate !== code) continue
      output += writeNumber(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled++
    }
    delta++
    code++
  }
  return output
}

function writeNumber(number: number, bias: number): string {
  let text = ''
  let rest = number
  for (let k = base; ; k += base) {
    const threshold = Math.min(Math.max(k - bias, tMin), tMax)
    if (rest < threshold) return text + digitText(rest)
    text += digitText(threshold + ((rest - threshold) % (base - threshold)))
    rest = Math.floor((rest - threshold) / (base - threshold))
  }
}

function digitText(digit: number): string {
  return digit.toString(36) === '' ? '' : String.fromCharCode(digit < 26 ? digit + 0x61 : digit - 26 + 0x30)
}
