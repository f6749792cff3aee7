import { isRecord } from '../model/part-kind.js'

/** Whether a value has a form in JSON that says all of it: no functions, dates, bytes or numbers without end. */
export function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true
  if (typeof value === 'number') return Number.isFinite(value)
  if (depth > 64) return false
  if (Array.isArray(value)) return value.every((inner) => isJson(inner, depth + 1))
  if (!isRecord(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  const plain = prototype === null || Object.getPrototypeOf(prototype) === null
  return plain && Object.values(value).every((inner) => inner === undefined || isJson(inner, depth + 1))
}
