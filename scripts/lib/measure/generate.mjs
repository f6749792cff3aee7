import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { needNode, say } from '../task.mjs'
import { inWorkspace } from '../workspace.mjs'
import { describeApi, toOpenApi, toSchemaFile } from './api.mjs'
import { prepareFolder, timeOf } from './workspace.mjs'

const times = 5

/**
 * How long `wirepact generate` takes for `count` message types, from nothing and when nothing has changed, beside
 * the command of openapi-typescript on the same schemas in one OpenAPI document.
 */
export async function measureGenerate(count) {
  const api = describeApi(count)
  const folder = await prepareFolder('generate', {
    'package.json': '{ "type": "module" }',
    'schema.ts': toSchemaFile(api),
    'openapi.json': toOpenApi(api),
  })
  const wirepact = await install(folder)
  const peer = inWorkspace('node_modules/openapi-typescript/bin/cli.js')
  const clear = (path) => () => rm(join(folder, path), { recursive: true, force: true })
  const generate = () => needNode(wirepact, ['generate'], { what: 'wirepact generate', cwd: folder })
  const compare = () =>
    needNode(peer, ['openapi.json', '-o', 'openapi.ts'], { what: 'openapi-typescript', cwd: folder })
  say(`Generating for ${count} message types, ${times} times each`)
  const peerMs = await timeOf(compare, { times, before: clear('openapi.ts') })
  const coldMs = await timeOf(generate, { times, before: clear('generated') })
  const unchangedMs = await timeOf(generate, { times })
  console.log(`  openapi-typescript   ${peerMs.toFixed(0).padStart(6)} ms`)
  console.log(
    `  wirepact, cold       ${coldMs.toFixed(0).padStart(6)} ms, ${(coldMs / peerMs).toFixed(2)} of it (at most 1)`,
  )
  console.log(
    `  wirepact, unchanged  ${unchangedMs.toFixed(0).padStart(6)} ms, ${(coldMs / unchangedMs).toFixed(1)} times faster (at least 3)`,
  )
}

/** A copy below `node_modules`: one that is being worked on does not take what it wrote before for what it would write. */
async function install(folder) {
  const target = join(folder, 'node_modules/wirepact')
  for (const part of ['bin', 'dist', 'package.json']) {
    await cp(inWorkspace('generator', part), join(target, part), { recursive: true })
  }
  return join(target, 'bin/wirepact.js')
}
