import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The folders that a compiled schema can run from, best first: a cache in the nearest `node_modules`, so that
 * its imports resolve as the schema's own do, and the schema's own folder.
 */
export function runFolders(file: string): readonly string[] {
  const modules = nearestModules(dirname(file))
  const beside = dirname(file)
  return modules === undefined ? [beside] : [join(modules, '.cache', 'wirepact'), beside]
}

/** The nearest folder of installed packages, seen from `folder`. */
export function nearestModules(folder: string): string | undefined {
  const modules = join(folder, 'node_modules')
  if (existsSync(modules)) return modules
  const parent = dirname(folder)
  return parent === folder ? undefined : nearestModules(parent)
}
