import type { KeptPublication } from '@wirepact/client'
import { WirepactError } from '@wirepact/protocol'
import type { Truths } from '../observer.js'

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

/**
 * Walks through a channel's history while it changes: as long as its epoch is the same, what is read has no hole and is
 * what was published. Answers with what was wrong.
 */
export async function walkHistory(channel: PagedChannel, truths: Truths, limit: number): Promise<string[]> {
  const wrong: string[] = []
  try {
    let page = await channel.history({ limit })
    for (let pages = 0; pages < 8; pages++) {
      wrong.push(...judgePage(channel.name, page, truths))
      const oldest = page.publications[0]?.offset
      if (!page.more || oldest === undefined) break
      const older = await channel.history({ limit, before: oldest })
      if (older.epoch !== page.epoch) break
      const newest = older.publications.at(-1)?.offset
      if (newest !== undefined && newest !== oldest - 1)
        wrong.push(`the page of ${channel.name} before ${oldest} ends at ${newest}`)
      page = older
    }
  } catch (thrown) {
    // A connection may be lost, or the membership end, in the middle of it.
    if (WirepactError.from(thrown).code === 'INTERNAL')
      wrong.push(`history of ${channel.name}: ${String(thrown)}`)
  }
  return wrong
}

function judgePage(name: string, { epoch, publications }: Page, truths: Truths): string[] {
  return publications.flatMap(({ offset, data }, index) => {
    const before = publications[index - 1]?.offset ?? offset - 1
    const hole = offset === before + 1 ? [] : [`the history of ${name} goes from ${before} to ${offset}`]
    const truth = truths.find(name, epoch, offset)?.text
    return truth === data.text ? hole : [...hole, `the history of ${name} has ${data.text} for ${truth}`]
  })
}
