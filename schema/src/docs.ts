/** What every part of an API can say about itself. */
export interface DocsOptions {
  /** For the people who use the part: it becomes the documentation of the generated code. */
  readonly description?: string
  /** Marks the part as one to move away from. Default false. */
  readonly deprecated?: boolean
}
