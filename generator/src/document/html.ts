/** Text that is HTML already. Made by {@link html} alone, so that nothing gets in unescaped. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** What can stand in a template: text is escaped, lists are joined, what is absent is left out. */
export type Content = Html | string | number | false | null | undefined | readonly Content[]

/** HTML with every value escaped, unless it is HTML itself. Attribute values must stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly Content[]): Html {
  return new Html(
    strings.map((text, index) => text + (index < values.length ? toText(values[index]) : '')).join(''),
  )
}

function toText(content: Content): string {
  if (content instanceof Html) return content.text
  if (content === false || content === null || content === undefined) return ''
  if (typeof content === 'number') return String(content)
  return typeof content === 'string' ? escapeText(content) : content.map(toText).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
