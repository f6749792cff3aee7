import type { Docs } from '../ir.js'

/** The paragraphs and tags of a JSDoc comment; empty ones are left out. */
export interface DocComment {
  readonly paragraphs: readonly (string | undefined)[]
  readonly tags?: readonly (string | undefined)[]
}

/** The comment of a part that has no more to say than what a person wrote about it. */
export function describe(docs: Docs, facts: readonly string[] = []): DocComment {
  return {
    paragraphs: [docs.description, fillLines(facts)],
    tags: [...(docs.examples ?? []).map(exampleTag), docs.deprecated ? '@deprecated' : undefined],
  }
}

/** The comment with one paragraph more. */
export function also({ paragraphs, ...rest }: DocComment, paragraph: string): DocComment {
  return { ...rest, paragraphs: [...paragraphs, paragraph] }
}

const lineLength = 100

/** Sentences one after the other, as many on a line as it takes. */
export function fillLines(sentences: readonly string[]): string {
  let text = ''
  let column = 0
  for (const sentence of sentences) {
    const fits = column + 1 + sentence.length <= lineLength
    const separator = text === '' ? '' : fits ? ' ' : '\n'
    column = separator === ' ' ? column + 1 + sentence.length : sentence.length
    text += separator + sentence
  }
  return text
}

/** An example as a tag. JSON text has no line breaks and no unpaired surrogates. */
export function exampleTag(example: unknown): string {
  return `@example ${JSON.stringify(example)}`
}

/** The lines between the comment's delimiters; none when there is nothing to say. */
function docLines(comment: DocComment): string[] {
  const paragraphs = comment.paragraphs.flatMap((text) => (text?.trim() ? [toLines(text)] : []))
  const tags = (comment.tags ?? []).flatMap((tag) => (tag?.trim() ? toLines(tag) : []))
  const lines = paragraphs.flatMap((paragraph, index) => (index === 0 ? paragraph : ['', ...paragraph]))
  return lines.length > 0 && tags.length > 0 ? [...lines, '', ...tags] : [...lines, ...tags]
}

/** The whole comment at an indentation, with a line break behind it; empty when there is nothing to say. */
export function docText(comment: DocComment, indent = 0): string {
  const lines = docLines(comment)
  const margin = ' '.repeat(indent)
  const first = lines[0]
  if (first === undefined) return ''
  if (lines.length === 1 && indent + first.length + 7 <= 110) return `${margin}/** ${first} */\n`
  const body = lines.map((line) => `${margin} *${line === '' ? '' : ` ${line}`}\n`)
  return `${margin}/**\n${body.join('')}${margin} */\n`
}

/** Nothing that a person writes can end the comment early or break its lines. */
function toLines(text: string): string[] {
  const safe = text.trim().replaceAll('*/', '*\\/')
  return safe.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => line.trimEnd())
}
