import { isIPv6 } from 'node:net'

/** An IPv4 address that came as an IPv6 one (RFC 4291, section 2.5.5.2) as the former. */
export function toPlainAddress(address: string): string {
  const [, dotted, high, low] =
    /^::ffff:(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i.exec(address) ?? []
  if (high === undefined || low === undefined) return dotted ?? address
  return [high, low].flatMap(toOctets).join('.')
}

function toOctets(group: string): readonly [number, number] {
  const value = Number.parseInt(group, 16)
  return [value >> 8, value & 255]
}

/**
 * Whom an address stands for when something is limited for each: an IPv4 address for itself, an IPv6 address for its
 * network of 64 bits, of which one customer usually has all.
 */
export function toAddressKey(address: string): string {
  const plain = toPlainAddress(address)
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('%', 1)[0]?.split('::') ?? []
  const front = head.split(':').filter((group) => group !== '')
  const back = (tail ?? '').split(':').filter((group) => group !== '')
  const hidden = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length)
  const groups = [...front, ...Array.from({ length: hidden }, () => '0'), ...back].slice(0, 4)
  return groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
