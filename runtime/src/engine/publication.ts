import type { Draft, Publication } from './engine.js'

/** The publication that a draft becomes. */
export function toPublication(draft: Draft, offset: number | null): Publication {
  const { name, data, at, except, to } = draft
  if (to !== undefined) return { offset, name, data, at, to, ...(except !== undefined && { except }) }
  return except === undefined ? { offset, name, data, at } : { offset, name, data, at, except }
}
