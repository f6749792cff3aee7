import { partKinds } from './parts/part-kinds.js'
import { schemaKinds } from './schemas/schema-kinds.js'

/** Every kind of change with its verdict: the one table that everything is judged by. */
export const kinds = { ...partKinds, ...schemaKinds }

export type Kind = keyof typeof kinds
