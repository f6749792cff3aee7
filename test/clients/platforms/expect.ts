/** Fails unless both are the same data. `look` is what is so at this moment. */
export function same(found: unknown, due: unknown, what = 'value'): void {
  const [is, ought] = [toText(found), toText(due)]
  if (is !== ought) throw new Error(`The ${what} is ${is}, not ${ought}.`)
}

/** Waits until both are the same data. */
export async function until(look: () => unknown, due: unknown, what?: string): Promise<void> {
  for (let left = 1_000; left > 0 && toText(await look()) !== toText(due); left--) await pause(10)
  same(await look(), due, what)
}

/** What a promise rejects with, as an object with its `code`. */
export async function failureOf(promise: Promise<unknown>): Promise<{ code: unknown; data: unknown }> {
  const thrown: unknown = await promise.then(
    (value) => new Error(`It did not fail but resolved with ${toText(value)}.`),
    (reason: unknown) => reason,
  )
  if (typeof thrown === 'object' && thrown !== null && 'code' in thrown)
    return { code: thrown.code, data: 'data' in thrown ? thrown.data : undefined }
  throw thrown
}

export function upTo(last: number, first = 1): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Members in the order of their names, so that only data counts. */
function toText(value: unknown): string {
  return String(JSON.stringify(value, (_, inner: unknown) => sorted(inner)))
}

function sorted(value: unknown): unknown {
  if (value instanceof Uint8Array) return { bytes: [...value] }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
}
