import type { Site } from '../ir.js'

/** A way down into the API from its root, such as `['routes', 'chat', 'path']`. */
export type Path = readonly string[]

/** What a rule found, before its place in a file is known. */
export interface Finding {
  /** Stable: people search for it and scripts compare it. */
  readonly code: string
  /** One or two sentences for a person. */
  readonly message: string
  readonly path: Path
  /** What was probably meant, word for word. */
  readonly suggestion?: string
  /** Whether to point at the property's name or at its value. Default: the value. */
  readonly at?: 'name' | 'value'
}

/** A problem as it is reported. */
export interface Diagnostic {
  readonly code: string
  readonly message: string
  /** Where it is written; absent when nothing was read yet. */
  readonly site?: Site
  /** Where it is in the API, such as `routes.chat.clientToServer.say.data`; empty for the file itself. */
  readonly path: string
  readonly suggestion?: string
}
