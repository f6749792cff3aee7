import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isRecord } from '../model/reader.js'

/** A package as it would be found from some folder. */
export interface Installed {
  readonly folder: string
  readonly version: string
}

/** The package that an import from `folder` finds; undefined when there is none. */
export function findInstalled(name: string, folder: string): Installed | undefined {
  for (const modules of modulesAbove(folder)) {
    const found = join(modules, name)
    const version = readVersion(found)
    if (version !== undefined) return { folder: realpathSync(found), version }
  }
  return undefined
}

/** Every copy of a package below the `node_modules` that imports from `folder` pass, each once. */
export function findCopies(name: string, folder: string): readonly string[] {
  const places = modulesAbove(folder).flatMap((modules) => [
    join(modules, name),
    ...listPackages(modules).map((path) => join(path, 'node_modules', name)),
  ])
  return [...new Set(places.filter((place) => existsSync(place)).map((place) => realpathSync(place)))]
}

function modulesAbove(folder: string): readonly string[] {
  const here = join(folder, 'node_modules')
  const parent = dirname(folder)
  const above = parent === folder ? [] : modulesAbove(parent)
  return existsSync(here) ? [here, ...above] : above
}

function listPackages(modules: string): readonly string[] {
  return readdirSync(modules).flatMap((name) => {
    const path = join(modules, name)
    return name.startsWith('@') ? readdirSync(path).map((inner) => join(path, inner)) : [path]
  })
}

function readVersion(folder: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    return isRecord(manifest) && typeof manifest.version === 'string' ? manifest.version : undefined
  } catch {
    return undefined
  }
}
