import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The repository's root folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

/** The folders of the published packages, each after those that it is built upon. */
export const packages = ['protocol', 'schema', 'runtime', 'clients', 'generator']

/** The folders of the examples. */
export const examples = [
  'auction',
  'chat',
  'dashboard',
  'devices',
  'echo',
  'editor',
  'game',
  'live',
  'messenger',
  'notifications',
].map((name) => `examples/${name}`)

const tested = [
  'test/runtime/api',
  'test/runtime/studio',
  'test/runtime/hall',
  'test/nexios/api',
  'test/clients/react/api',
  'test/clients/platforms/api',
  'test/sim/api',
]

/** The folders with a schema whose generated code is committed. */
export const schemas = [...examples, ...tested, 'bench/api']

/** A path below the root. */
export function inWorkspace(...parts) {
  return join(root, ...parts)
}

/** Tools are run by their own file with this Node, so that neither a shell nor a PATH takes part. */
export const tools = {
  tsc: inWorkspace('node_modules/typescript-7/bin/tsc'),
  biome: inWorkspace('node_modules/@biomejs/biome/bin/biome'),
  knip: inWorkspace('node_modules/knip/bin/knip.js'),
  vitest: inWorkspace('node_modules/vitest/vitest.mjs'),
  wirepact: inWorkspace('generator/bin/wirepact.js'),
  admin: inWorkspace('scripts/admin.mjs'),
  limits: inWorkspace('scripts/limits.mjs'),
}
