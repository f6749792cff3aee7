import { buildPackages, generate } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { findFailure, loadWorld, readVariants } from './lib/simulation.mjs'
import { main, readOptions, say, TaskFailure } from './lib/task.mjs'

const usage = `npm run sim -- [--seeds N] [--seed S] [--variants]

  --seeds N    how many worlds to run, from --seed on (default 1000)
  --seed S     the first seed (default 1); with --seeds 1 it replays one world and tells its story
  --variants   runs the deliberately broken variants instead: each has to be caught within --seeds worlds`

await main(async () => {
  const { seeds, seed, variants, help } = readArguments()
  if (help) return console.log(usage)
  await installWhenNeeded()
  await buildPackages()
  await generate(['test/runtime/api', 'test/sim/api'])
  if (variants) await runVariants({ first: seed, count: seeds })
  else await runWorlds({ first: seed, count: seeds })
})

function readArguments() {
  const options = {
    seeds: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    variants: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  }
  const { values } = readOptions({ options }, usage)
  const [seeds, seed] = [Number(values.seeds), Number(values.seed)]
  if (!Number.isInteger(seeds) || seeds < 1 || !Number.isInteger(seed)) throw new TaskFailure(usage)
  return { ...values, seeds, seed }
}

async function runWorlds({ first, count }) {
  const World = await loadWorld()
  if (count === 1) return tellStory(await new World(first).run())
  const progress = (done) => done % 500 === 0 && say(`${done} worlds of ${count}`)
  const failure = await findFailure(World, { first, count, progress })
  if (failure === undefined) return console.log(`${count} passed, 0 failed`)
  tellStory(failure)
  console.log(`Replay it with: npm run sim -- --seeds 1 --seed ${failure.seed}`)
}

function tellStory({ seed, wrong, story }) {
  for (const line of story) console.log(line)
  console.log(
    wrong.length === 0 ? `The world of seed ${seed} went well.` : `The world of seed ${seed} went wrong:`,
  )
  for (const line of wrong) console.log(`  ${line}`)
  if (wrong.length > 0) process.exitCode = 1
}

async function runVariants(range) {
  const variants = readVariants()
  let missed = 0
  for (const variant of variants) {
    const failure = await findFailure(await loadWorld(variant), range)
    if (failure === undefined) missed++
    const how = failure === undefined ? 'NOT CAUGHT' : `caught by seed ${failure.seed}: ${failure.wrong[0]}`
    console.log(`${variant.name}: ${how}`)
  }
  console.log(`${variants.length - missed} passed, ${missed} failed`)
  if (missed > 0) process.exitCode = 1
}
