import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { needNode, say } from '../task.mjs'
import { inWorkspace } from '../workspace.mjs'
import { describeApi, toOpenApi, toSchemaFile } from './api.mjs'
import { median, prepareFolder, timeOf } from './workspace.mjs'

const times = 9

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
  const generate = (output) =>
    needNode(wirepact, ['generate', '--output', output], { what: 'wirepact generate', cwd: folder })
  const compare = (output) =>
    needNode(peer, ['openapi.json', '-o', output], { what: 'openapi-typescript', cwd: folder })
  say(`Generating for ${count} message types, ${times} times each`)
  const [peerTimes, coldTimes, unchangedTimes] = [[], [], []]
  // In turns, so that what else the machine does meets both; each into a place of its own, so that nothing has to
  // be removed meanwhile, which the file system goes on doing while the next run writes.
  for (let turn = 0; turn < times; turn++) {
    peerTimes.push(await timeOf(() => compare(`openapi-${turn}.ts`)))
    coldTimes.push(await timeOf(() => generate(`generated-${turn}`)))
    unchangedTimes.push(await timeOf(() => generate(`generated-${turn}`)))
  }
  const [peerMs, coldMs, unchangedMs] = [peerTimes, coldTimes, unchangedTimes].map(median)
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
