/** Whether `value` is a JSON object: neither an array nor null. Tells, but does not narrow: checks are untyped inside. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether `value` is an array. */
export function isArray(value: unknown): boolean {
  return Array.isArray(value)
}

/** Whether `value` is a string. */
export function isString(value: unknown): boolean {
  return typeof value === 'string'
}

/** Whether `value` is a boolean. */
export function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean'
}

/** Whether `value` itself has the property, not only what it inherits from. */
export function hasOwn(value: object, key: string): boolean {
  return Object.hasOwn(value, key)
}
