import { printModule } from '../module.js'
import { typesModule } from '../modules/types-module.js'
import type { TypesPlan } from '../plan.js'
import type { ModuleText } from '../types-writer.js'

/** The modules of types of these folders, as text. Loading this loads the compiler. */
export function writeTypes(plan: TypesPlan, folders: readonly string[]): ModuleText[] {
  return folders.map((folder) => {
    const module = typesModule(plan, folder)
    return [module.path, printModule(module)]
  })
}
