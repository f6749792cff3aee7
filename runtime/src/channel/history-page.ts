import type { HistoryQuery } from '@wirepact/protocol'
import type { Page, Publication, ReadQuery } from '../engine/engine.js'

/** A page of history, and whether there is more in the direction that was asked for. */
export interface PageOfHistory {
  readonly page: Page
  readonly more: boolean
}

/** What a page is read with. */
export interface HistoryReader {
  readonly read: (query: ReadQuery) => Page | Promise<Page>
  /** Whether a publication is for whoever asks; absent for one who may see all. */
  readonly isFor?: (publication: Publication) => boolean
  /** How many publications are read at once while looking for those that are for whoever asks. */
  readonly maxPage: number
}

/**
 * Reads a page. What is not for whoever asks is passed over, and the page filled up with what lies behind it, so that
 * somebody who goes on from the last publication of a page comes to all of them.
 */
export async function readHistoryPage(reader: HistoryReader, query: HistoryQuery): Promise<PageOfHistory> {
  const { limit, after, before = Number.MAX_SAFE_INTEGER } = query
  const isForward = after !== undefined
  const start: ReadQuery = isForward ? { limit, after } : { limit, before }
  const first = await reader.read(start)
  const { isFor } = reader
  if (isFor === undefined || first.publications.every(isFor))
    return { page: first, more: hasMore(first, isForward) }
  const found: Publication[] = []
  for (let page = first; ; ) {
    const seen = page.publications.filter(isFor)
    if (isForward) found.push(...seen)
    else found.unshift(...seen)
    const more = hasMore(page, isForward)
    if (!more || found.length >= limit) {
      const publications = isForward ? found.slice(0, limit) : found.slice(-limit)
      return { page: { ...page, publications }, more: more || found.length > limit }
    }
    const next = await reader.read(toNext(page, isForward, reader.maxPage))
    // The history was cleared meanwhile: what was found of the old one is no part of this one.
    if (next.epoch !== page.epoch) return readHistoryPage(reader, query)
    page = next
  }
}

function hasMore({ publications, first, offset }: Page, isForward: boolean): boolean {
  if (isForward) return (publications.at(-1)?.offset ?? offset) < offset
  return (publications[0]?.offset ?? first) > first
}

function toNext({ publications, first, offset }: Page, isForward: boolean, limit: number): ReadQuery {
  return isForward
    ? { limit, after: publications.at(-1)?.offset ?? offset }
    : { limit, before: publications[0]?.offset ?? first }
}
