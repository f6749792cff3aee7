import type { KeptPublication } from '@wirepact/client'
import { toWirepactError } from '@wirepact/protocol'
import type { Observer, Truths } from '../observer.js'

interface Page {
  readonly epoch: string
  readonly publications: readonly KeptPublication<{ said: { text: string } }>[]
  readonly more: boolean
}

/** What is read page by page. */
export interface PagedChannel {
  readonly name: string
  history(options: { limit: number; before?: number; after?: number }): Promise<Page>
}

/** Who reads, and what was published. */
interface Reading {
  readonly observer: Observer
  readonly truths: Truths
  readonly limit: number
}

/**
 * Walks through a channel's history while it changes: as long as its epoch is the same, what is read is what was
 * published, and has no hole but for what was not for the reader. Answers with what was wrong.
 */
export async function walkHistory(channel: PagedChannel, reading: Reading): Promise<string[]> {
  const wrong: string[] = []
  const { limit } = reading
  try {
    let page = await channel.history({ limit })
    let end: number | undefined
    for (let pages = 0; pages < 8; pages++) {
      wrong.push(...judgePage(channel.name, { page, end }, reading))
      const oldest = page.publications[0]?.offset
      if (!page.more || oldest === undefined) break
      const older = await channel.history({ limit, before: oldest })
      if (older.epoch !== page.epoch) break
      page = older
      end = oldest
    }
  } catch (thrown) {
    // A connection may be lost, or the membership end, in the middle of it.
    if (toWirepactError(thrown).code === 'INTERNAL')
      wrong.push(`history of ${channel.name}: ${String(thrown)}`)
  }
  return wrong
}

/** `end`: where the page that was read before begins. */
function judgePage(
  name: string,
  { page: { epoch, publications }, end }: { readonly page: Page; readonly end: number | undefined },
  { observer, truths }: Reading,
): string[] {
  const wrong: string[] = []
  let last: number | undefined
  for (const { offset, data } of publications) {
    const truth = truths.find(name, epoch, offset)?.text
    if (truth !== data.text) wrong.push(`the history of ${name} has ${data.text} for ${truth}`)
    wrong.push(...findHoles(last ?? offset - 1, offset))
    last = offset
  }
  return end === undefined || last === undefined ? wrong : [...wrong, ...findHoles(last, end)]

  function findHoles(from: number, to: number): string[] {
    if (from >= to) return [`the history of ${name} goes from ${from} to ${to}`]
    const holes = Array.from({ length: to - from - 1 }, (_, index) => from + 1 + index)
    return holes
      .filter((offset) => !observer.isExcepted(truths, epoch, offset))
      .map((offset) => `the history of ${name} lacks ${offset}`)
  }
}
