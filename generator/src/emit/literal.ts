import type { Layout } from './layout.js'

/** A string literal, safe in any source file: in single quotes, or in double ones where that saves escapes. */
export function quote(text: string): string {
  const escaped = JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')
  if (text.includes("'") && !text.includes('"')) return escaped
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** Whether `text` may stand as a property's name without quotes. */
export function isPlainName(text: string): boolean {
  return /^[A-Za-z_$][\w$]*$/.test(text)
}

/** A property's name in an interface or a type. */
export function typeKey(name: string): string {
  return isPlainName(name) ? name : quote(name)
}

/** A property's name in an object literal, where a plain `__proto__` would set the prototype instead. */
export function objectKey(name: string): string {
  return name === '__proto__' ? "['__proto__']" : typeKey(name)
}

/** What stands for `__proto__` in code that reads properties; linters take the name itself for the prototype. */
export const proto = { name: 'proto', declaration: "const proto = '__proto__'" } as const

/** The same for `then`: an object with a plain one looks like a promise. */
const promiseKey = { key: '[then]', declaration: "const then = 'then'" } as const

/** A property's name where a person chose it, in an object that nobody awaits. */
export function chosenKey(name: string): string {
  return name === 'then' ? promiseKey.key : objectKey(name)
}

/** What has to be declared for the keys of a text. */
export function keysDeclared(text: string): string {
  return text.includes(`${promiseKey.key}: `) ? promiseKey.declaration : ''
}

/** `object.name`, in brackets where the name needs them. */
export function member(object: string, name: string): string {
  if (name === '__proto__') return `${object}[${proto.name}]`
  return isPlainName(name) ? `${object}.${name}` : `${object}[${quote(name)}]`
}

/** An object literal; properties that are undefined are left out. */
export function objectLiteral(
  properties: Readonly<Record<string, Layout | undefined>>,
  key: (name: string) => string = objectKey,
): Layout {
  const present = Object.entries(properties).filter(([, value]) => value !== undefined)
  const items = present.map(([name, value]): Layout => [key(name), ': ', value as Layout])
  return { open: '{', close: '}', between: ',', trailing: ',', padded: true, items }
}

/**
 * An object of literals by name, for a type with an index signature. TypeScript takes a name that every object
 * inherits, such as `toString`, for the inherited member and widens its value, unless that is said to be constant.
 */
export function recordLiteral(entries: readonly (readonly [name: string, value: Layout])[]): Layout {
  const literals = entries.map(([name, value]): [string, Layout] => {
    return [name, name in Object.prototype ? [value, ' as const'] : value]
  })
  return objectLiteral(Object.fromEntries(literals), chosenKey)
}

/** Plain JSON data as a literal. Throws for anything that JSON has no form for. */
export function dataLiteral(value: unknown, key: (name: string) => string = objectKey): Layout {
  const inner = (part: unknown) => dataLiteral(part, key)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (Array.isArray(value))
    return { open: '[', close: ']', between: ',', trailing: ',', items: value.map(inner) }
  if (typeof value === 'object' && isPlainObject(value)) {
    return objectLiteral(mapValues(value as Record<string, unknown>, inner), key)
  }
  throw new TypeError('A schema may only contain JSON data.')
}

function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** An object of the same keys, without a prototype, so that no key can reach one. */
function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  map: (value: From) => To,
): Record<string, To> {
  const mapped: Record<string, To> = Object.create(null)
  for (const [key, value] of Object.entries(record)) mapped[key] = map(value)
  return mapped
}
