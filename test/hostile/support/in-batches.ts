/** Does something with every item, a few at a time. */
export async function inBatches<Item>(
  items: readonly Item[],
  act: (item: Item) => Promise<void>,
  size = 16,
): Promise<void> {
  for (let start = 0; start < items.length; start += size) {
    await Promise.all(items.slice(start, start + size).map(act))
  }
}
