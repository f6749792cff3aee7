import { execFile } from 'node:child_process'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The compilers that generated code has to pass, by their folders in `node_modules`. */
export const compilers = {
  '5.9': 'typescript/bin/tsc',
  '6': 'typescript-6/bin/tsc',
  '7': 'typescript-7/bin/tsc',
} as const

export interface CompileOptions {
  readonly compiler: keyof typeof compilers
  readonly resolution: 'nodenext' | 'bundler'
  /** Whether JavaScript is written to the folder `js` too. */
  readonly emits?: boolean
  /** Options of the compiler beyond those that every test has. */
  readonly more?: Readonly<Record<string, boolean>>
}

const strict = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  noImplicitReturns: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: ['node'],
  jsx: 'react-jsx',
}

/** Writes files into an empty folder below `test/.tmp`, which the packages of the workspace can be seen from. */
export async function writeEmitted(
  name: string,
  files: Iterable<readonly [string, string]>,
): Promise<string> {
  const folder = join(root, 'test/.tmp', name)
  await rm(folder, { recursive: true, force: true })
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n')
  return folder
}

export async function removeEmitted(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
}

/** What the compiler says about the folder; empty when it is content. */
export async function compile(folder: string, options: CompileOptions): Promise<string> {
  const module = options.resolution === 'nodenext' ? 'nodenext' : 'esnext'
  const output = options.emits ? { outDir: 'js', rootDir: '.' } : { noEmit: true }
  // Declarations are checked by the faster compiler alone.
  const skipLibCheck = options.compiler !== '7'
  const compilerOptions = {
    ...strict,
    module,
    moduleResolution: options.resolution,
    skipLibCheck,
    ...output,
    ...options.more,
  }
  const config = join(folder, `tsconfig.${options.compiler}.${options.resolution}.json`)
  await writeFile(
    config,
    JSON.stringify({ compilerOptions, include: ['**/*.ts', '**/*.tsx'], exclude: ['js'] }),
  )
  const compiler = join(root, 'node_modules', compilers[options.compiler])
  try {
    await promisify(execFile)(process.execPath, [compiler, '-p', config])
    return ''
  } catch (failed) {
    return String((failed as { stdout: string }).stdout)
  }
}
