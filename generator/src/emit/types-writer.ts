import type { TypesPlan } from './plan.js'

/** A module's path in the output folder, and its text. */
export type ModuleText = readonly [path: string, text: string]

/** Writes the modules of types of these folders: here, or wherever else the compiler is loaded. */
export type TypesWriter = (plan: TypesPlan, folders: readonly string[]) => Promise<readonly ModuleText[]>

export const writeTypesHere: TypesWriter = async (plan, folders) => {
  const { writeTypes } = await import('./types/write-types.js')
  return writeTypes(plan, folders)
}
