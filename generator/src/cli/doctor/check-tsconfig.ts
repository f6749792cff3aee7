import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ts } from 'ts-morph'
import { type Finding, fail, ok, warn } from './finding.js'

/** The options of the user's compiler that decide whether generated code compiles and what its types are worth. */
export function checkTsconfig(folder: string): readonly Finding[] {
  const file = findUp('tsconfig.json', folder)
  if (file === undefined) {
    return [warn('There is no tsconfig.json', 'npx tsc --init --strict --module nodenext')]
  }
  const { config, error } = ts.readConfigFile(file, (path) => ts.sys.readFile(path))
  if (error !== undefined) {
    const why = ts.flattenDiagnosticMessageText(error.messageText, ' ')
    return [fail(`${file} cannot be read`, why)]
  }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file), undefined, file)
  const findings = [
    checkResolution(options, file),
    checkFormat(options, folder),
    checkStrict(options, file),
    checkTarget(options, file),
  ]
  const found = findings.filter((finding) => finding !== undefined)
  return found.length > 0 ? found : [ok(`tsconfig.json: strict, and finds packages by their exports`)]
}

function checkResolution(options: ts.CompilerOptions, file: string): Finding | undefined {
  const { ModuleKind, ModuleResolutionKind } = ts
  const { module, moduleResolution } = options
  const byModule = module !== undefined && module >= ModuleKind.Node16 && module !== ModuleKind.None
  const isFit =
    moduleResolution === undefined
      ? byModule
      : ![ModuleResolutionKind.Classic, ModuleResolutionKind.Node10].includes(moduleResolution)
  if (isFit) return undefined
  const text = `${file}: "moduleResolution" does not know the exports of packages`
  return fail(text, 'Set "module" to "nodenext", or, with a bundler, "moduleResolution" to "bundler".')
}

/** Where there is no bundler, package.json says what a file is; without a word it is CommonJS, as `npm init` writes it. */
function checkFormat(
  { module = ts.ModuleKind.None }: ts.CompilerOptions,
  folder: string,
): Finding | undefined {
  const isByPackage = module >= ts.ModuleKind.Node16 && module <= ts.ModuleKind.NodeNext
  const file = findUp('package.json', folder)
  if (!isByPackage || file === undefined) return undefined
  const { config } = ts.readConfigFile(file, (path) => ts.sys.readFile(path))
  if ((config as { type?: unknown } | undefined)?.type === 'module') return undefined
  return warn(`${file}: "type" is not "module", so the code is CommonJS`, 'Set "type" to "module".')
}

function checkStrict(options: ts.CompilerOptions, file: string): Finding | undefined {
  if (options.strict === true) return undefined
  return warn(`${file}: "strict" is off, so wrong handlers may compile`, 'Set "strict" to true.')
}

/** Streams are async iterables, which older targets write out in a way that needs more options. */
function checkTarget({ target }: ts.CompilerOptions, file: string): Finding | undefined {
  if (target === undefined || target >= ts.ScriptTarget.ES2018) return undefined
  return warn(`${file}: "target" is older than es2018`, 'Set "target" to "es2022" or newer.')
}

function findUp(name: string, folder: string): string | undefined {
  const file = join(folder, name)
  if (existsSync(file)) return file
  const parent = dirname(folder)
  return parent === folder ? undefined : findUp(name, parent)
}
