const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const ipv4Pattern = new RegExp(`^${byte}(?:\\.${byte}){3}$`)

/** Four decimal numbers (RFC 2673, section 3.2), without leading zeros, which some read as octal. */
export function isIpv4(text: string): boolean {
  return ipv4Pattern.test(text)
}

const maxIpv6Length = 45

/** An address in the forms of RFC 4291, section 2.2; without a zone, which is no part of an address. */
export function isIpv6(text: string): boolean {
  if (text.length > maxIpv6Length) return false
  const halves = text.split('::')
  const [left = '', right] = halves
  if (halves.length > 2) return false
  const head = countGroups(left, right === undefined)
  if (right === undefined) return head === 8
  const tail = countGroups(right, true)
  return head !== undefined && tail !== undefined && head + tail <= 7
}

/** How many 16-bit groups stand here; undefined when something else does. An IPv4 address at the end counts two. */
function countGroups(text: string, isEnd: boolean): number | undefined {
  if (text === '') return 0
  const groups = text.split(':')
  const last = groups.at(-1) as string
  const hasIpv4 = isEnd && last.includes('.')
  if (hasIpv4 && !isIpv4(last)) return undefined
  const words = hasIpv4 ? groups.slice(0, -1) : groups
  return words.every((word) => /^[0-9a-f]{1,4}$/i.test(word)) ? words.length + (hasIpv4 ? 2 : 0) : undefined
}
