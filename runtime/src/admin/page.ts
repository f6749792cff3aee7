import type { PageQuery } from './call.js'

/** Something that has its number among all of its kind, and never another. */
interface Numbered {
  readonly serial: number
}

/** What a page is taken by. */
export interface PageOptions<Item> extends PageQuery {
  readonly matches?: (item: Item) => boolean
}

/** A page of `all`, which is in the order of the numbers, and where the next one begins. */
export function takePage<Item extends Numbered>(
  all: Iterable<Item>,
  { limit, after, matches = () => true }: PageOptions<Item>,
): { readonly items: readonly Item[]; readonly next: { readonly next?: string } } {
  const items: Item[] = []
  for (const item of all) {
    if (item.serial <= after || !matches(item)) continue
    if (items.length === limit) return { items, next: { next: String(items.at(-1)?.serial) } }
    items.push(item)
  }
  return { items, next: {} }
}
