const inherited: ReadonlySet<string> = new Set([...Object.getOwnPropertyNames(Object.prototype), '__proto__'])

/**
 * Whether every object inherits the name: for these alone `in` says more than JSON data has. A parsed message
 * never inherits anything else.
 */
export function isInherited(key: string): boolean {
  return inherited.has(key)
}
