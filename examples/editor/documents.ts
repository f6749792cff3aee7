import { SharedText } from './shared-text.js'

/** The longest that a document may become, removed characters included. */
const maxCharacters = 100_000

/** One document as the server has it. */
export class Document {
  readonly text = new SharedText(0)
  version = 0
  #sites = 0

  /** A number that nobody else writes with. */
  takeSite(): number {
    return ++this.#sites
  }

  /** Whether there is room for so many characters more. */
  hasRoom(count: number): boolean {
    return this.text.size + count <= maxCharacters
  }
}

/** By id. An application loads and saves them: what `characters` says is all that has to be kept. */
export class Documents {
  readonly #documents = new Map<string, Document>()

  get(documentId: string): Document {
    const document = this.#documents.get(documentId) ?? new Document()
    this.#documents.set(documentId, document)
    return document
  }
}
