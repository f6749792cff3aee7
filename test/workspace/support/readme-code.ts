import { readFile } from 'node:fs/promises'

const readme = new URL('../../../README.md', import.meta.url)

/** The TypeScript example of the README that contains `mark`. */
export async function readReadmeCode(mark: string): Promise<string> {
  const text = await readFile(readme, 'utf8')
  const examples = [...text.matchAll(/```ts.*\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  const example = examples.find((code) => code.includes(mark))
  if (example === undefined) throw new Error(`The README has no example with ${mark}.`)
  return example
}
