/** Whether two JSON values are equal (JSON Schema 2020-12 core, section 4.2.2): objects in any order of keys. */
export function isDeepEqual(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (Array.isArray(left) || Array.isArray(right)) {
    return Array.isArray(left) && Array.isArray(right) && areListsEqual(left, right)
  }
  return areObjectsEqual(left as JsonObject, right as JsonObject)
}

type JsonObject = Readonly<Record<string, unknown>>

function areListsEqual(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, index) => isDeepEqual(item, right[index]))
}

function areObjectsEqual(left: JsonObject, right: JsonObject): boolean {
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && isDeepEqual(left[key], right[key]))
}

/** Up to so many items are compared with each other: that is faster than to collect them. */
const maxCompared = 16
const maxComparedDeeply = 8

/** Whether no two items are equal. Takes time in proportion to the size of the items, however many there are. */
export function areUnique(items: readonly unknown[]): boolean {
  if (items.length < 2) return true
  if (!arePlain(items)) return areObjectsUnique(items)
  if (items.length <= maxCompared) return areFewUnique(items)
  return areNumbers(items) ? areNumbersUnique(items) : areAnyUnique(items)
}

function areAnyUnique(items: readonly unknown[]): boolean {
  return new Set(items).size === items.length
}

function areFewUnique(items: readonly unknown[]): boolean {
  for (let index = 1; index < items.length; index++) {
    const item = items[index]
    for (let other = 0; other < index; other++) if (items[other] === item) return false
  }
  return true
}

/** For each small number, the last list that it was found in: so a list needs nothing of its own. */
const foundIn = new Uint32Array(4096)
let lastList = 0

/** Lists of numbers are mostly of small ones, such as identifiers and indexes. */
function areNumbersUnique(items: readonly number[]): boolean {
  beginList()
  for (let index = 0; index < items.length; index++) {
    const item = items[index] as number
    const list = foundIn[item]
    if (list === undefined) return areAnyUnique(items)
    if (list === lastList) return false
    foundIn[item] = lastList
  }
  return true
}

function beginList(): void {
  if (lastList === 2 ** 32 - 1) {
    foundIn.fill(0)
    lastList = 0
  }
  lastList++
}

function areObjectsUnique(items: readonly unknown[]): boolean {
  if (items.length > maxComparedDeeply) return new Set(items.map(toKey)).size === items.length
  for (let index = 1; index < items.length; index++) {
    for (let other = 0; other < index; other++) if (isDeepEqual(items[other], items[index])) return false
  }
  return true
}

function arePlain(items: readonly unknown[]): boolean {
  for (let index = 0; index < items.length; index++) if (!isPlain(items[index])) return false
  return true
}

function areNumbers(items: readonly unknown[]): items is readonly number[] {
  for (let index = 0; index < items.length; index++) if (typeof items[index] !== 'number') return false
  return true
}

/** Something that is the same for equal values and only for them: text cannot be mistaken for an object's key. */
function toKey(value: unknown): unknown {
  if (typeof value === 'string') return `"${value}`
  return isPlain(value) ? value : canonical(value)
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}

/** JSON text with the keys in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  const object = value as JsonObject
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`)
  return `{${members.join(',')}}`
}
