import { buildPackages } from './lib/build.mjs'
import { installWhenNeeded } from './lib/install.mjs'
import { main, readOptions, run, say, TaskFailure } from './lib/task.mjs'
import { inWorkspace } from './lib/workspace.mjs'

const soaks = {
  idle: { size: 10_000, what: 'connections that do nothing' },
  leaks: { size: 100_000, what: 'connections that come and go' },
  stalled: { size: 200, what: 'megabytes published to members that read nothing' },
  network: { size: 300, what: 'seconds of a bad network and a server that is killed' },
}

const usage = `npm run soak -- [idle|leaks|stalled|network ...] [--size N]

${Object.entries(soaks)
  .map(([name, { size, what }]) => `  ${name.padEnd(8)} ${size.toLocaleString('en')} ${what}`)
  .join('\n')}

  --size N  another number than the one above`

/** Prints figures with their bounds; a bound that is broken is exit code 1. All of them, or those that are named. */
await main(async () => {
  const { names, size } = readArguments()
  await installWhenNeeded()
  await buildPackages()
  for (const name of names) await soak(name, size ?? soaks[name].size)
})

function readArguments() {
  const config = { allowPositionals: true, options: { size: { type: 'string' } } }
  const { values, positionals } = readOptions(config, usage)
  const size = values.size === undefined ? undefined : Number(values.size)
  const isKnown = positionals.every((name) => Object.hasOwn(soaks, name))
  if (!isKnown || (size !== undefined && !(size > 0))) throw new TaskFailure(usage)
  return { names: positionals.length > 0 ? positionals : Object.keys(soaks), size }
}

async function soak(name, size) {
  say(`${size.toLocaleString('en')} ${soaks[name].what}`)
  const script = inWorkspace('test/soak/run/soak-process.mjs')
  const { code } = await run(process.execPath, ['--expose-gc', '--no-warnings', script, name, String(size)], {
    show: true,
  })
  if (code !== 0) process.exitCode = 1
}
