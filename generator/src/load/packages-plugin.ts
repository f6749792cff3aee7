import { isBuiltin } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild'
import { nearestModules } from './run-folders.js'

/** Says that an import is being resolved for the plugin itself. */
const own = { isOwn: true }

/**
 * Leaves packages to the engine, which loads them as they were installed. A package of the same workspace that
 * exports TypeScript as it was written becomes part of the bundle, as the engine could not run it.
 */
export function packagesPlugin(entry: string): Plugin {
  const modules = nearestModules(dirname(entry))
  return {
    name: 'packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, (args) => {
        if (args.kind === 'entry-point' || args.pluginData === own) return undefined
        if (isBuiltin(args.path) || /^[A-Za-z]:[\\/]/.test(args.path)) return undefined
        return resolvePackage(build, args, modules)
      })
    },
  }
}

async function resolvePackage(
  build: PluginBuild,
  { path, importer, kind, resolveDir }: OnResolveArgs,
  modules: string | undefined,
): Promise<OnResolveResult> {
  const found = await build.resolve(path, { kind, importer, resolveDir, pluginData: own })
  if (found.errors.length > 0 && kind === 'import-statement') {
    return { errors: [{ text: `Could not resolve "${path}": no package of this name is installed.` }] }
  }
  if (found.errors.length > 0 || found.external) return { path, external: true }
  if (/\.[cm]?tsx?$/.test(found.path)) return { path: found.path }
  // A package that only another package of the workspace has is not found from where the bundle runs.
  const isElsewhere = nearestModules(resolveDir) !== modules
  return { path: isElsewhere ? pathToFileURL(found.path).href : path, external: true }
}
