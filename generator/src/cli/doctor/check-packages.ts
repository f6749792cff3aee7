import { findCopies, findInstalled } from '../../config/installed.js'
import { type Finding, fail, ok, warn } from './finding.js'

/** What a project is made with, and whether it works without. */
const packages = [
  ['wirepact', 'generates'],
  ['@wirepact/schema', 'the schema file imports it'],
  ['@wirepact/protocol', 'generated code imports it'],
  ['@wirepact/runtime', 'only a server needs it'],
  ['@wirepact/client', 'only a client needs it'],
] as const

const optional: readonly string[] = ['@wirepact/runtime', '@wirepact/client']

/** The packages of Wirepact: that they are there, of one version, and each of them once. */
export function checkPackages(version: string, folder: string): readonly Finding[] {
  const found = packages.map(([name, why]) => {
    // The generator that answers is the one that runs, wherever it was started from.
    const installed = findInstalled(name, folder)?.version
    return { name, why, version: name === 'wirepact' ? (installed ?? version) : installed }
  })
  const missing = found.filter((one) => one.version === undefined)
  const present = found.filter((one) => one.version !== undefined)
  return [
    ...missing.map(({ name, why }) => missingFinding(name, why)),
    ...versions(present, version),
    ...copies(folder),
  ]
}

function missingFinding(name: string, why: string): Finding {
  const state = optional.includes(name) ? warn : fail
  const flag = name === '@wirepact/schema' ? '--save-dev ' : ''
  return state(`${name} is not installed: ${why}`, `npm install ${flag}${name}`)
}

function versions(
  present: readonly { readonly name: string; readonly version: string | undefined }[],
  version: string,
): readonly Finding[] {
  const others = present.filter((one) => one.version !== version)
  if (others.length === 0) return [ok(`Packages: ${present.length} of version ${version}`)]
  return others.map((one) =>
    fail(
      `${one.name} is ${one.version}, and the generator is ${version}`,
      `Use one version of all: npm install ${one.name}@${version}`,
    ),
  )
}

/** Parts of a schema that come from different copies do not know each other. */
function copies(folder: string): readonly Finding[] {
  const found = findCopies('@wirepact/schema', folder)
  if (found.length < 2) return []
  return [
    warn(
      `@wirepact/schema is installed ${found.length} times: ${found.join(', ')}`,
      'npm dedupe, and give every package that writes schemas the same version',
    ),
  ]
}
