import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { inWorkspace } from '../../scripts/lib/workspace.mjs'

const system = `${process.platform}-${process.arch}`

/** The package of a runtime for each system, and the program in it. */
const packages = {
  bun: {
    program: 'bin/bun',
    'linux-x64': '@oven/bun-linux-x64',
    'linux-arm64': '@oven/bun-linux-aarch64',
    'darwin-x64': '@oven/bun-darwin-x64',
    'darwin-arm64': '@oven/bun-darwin-aarch64',
    'win32-x64': '@oven/bun-windows-x64',
  },
  deno: {
    program: 'deno',
    'linux-x64': '@deno/linux-x64-glibc',
    'linux-arm64': '@deno/linux-arm64-glibc',
    'darwin-x64': '@deno/darwin-x64',
    'darwin-arm64': '@deno/darwin-arm64',
    'win32-x64': '@deno/win32-x64',
  },
  workerd: {
    program: 'bin/workerd',
    'linux-x64': '@cloudflare/workerd-linux-64',
    'linux-arm64': '@cloudflare/workerd-linux-arm64',
    'darwin-x64': '@cloudflare/workerd-darwin-64',
    'darwin-arm64': '@cloudflare/workerd-darwin-arm64',
    'win32-x64': '@cloudflare/workerd-windows-64',
  },
  ...Object.fromEntries([20, 22, 24, 26].map((major) => [`node-${major}`, node(major)])),
}

function node(major) {
  return {
    program: 'bin/node',
    'linux-x64': `node-${major}-linux-x64`,
    'linux-arm64': `node-${major}-linux-arm64`,
    'win32-x64': `node-${major}-win-x64`,
  }
}

/**
 * Where the program of a runtime is, or why there is none. Packages of other systems are optional, so that npm leaves
 * them out without a word.
 */
export function findProgram(runtime) {
  if (runtime === `node-${process.versions.node.split('.')[0]}`) return { program: process.execPath }
  const { program, [system]: name } = packages[runtime]
  if (name === undefined) return { missing: `the packages here have none for ${system}` }
  const file = inWorkspace('platforms/node_modules', name, program)
  const found = [file, `${file}.exe`].find((path) => existsSync(path))
  return found === undefined
    ? { missing: `${name} was not installed (npm ci in platforms/ tries again)` }
    : { program: found }
}

/** What a program says of itself. */
export function versionOf(program) {
  return /\d[\d.-]*/.exec(execFileSync(program, ['--version'], { encoding: 'utf8' }))?.[0]
}
