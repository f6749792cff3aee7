import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { firstConfig, firstSchema } from './first-files.js'
import type { ExitCode, World } from './world.js'

/** Writes the files to start from into a folder; none of them when one is there already. */
export async function runInit(dir: string, world: World): Promise<ExitCode> {
  const folder = resolve(world.cwd, dir)
  const files = { 'schema.ts': firstSchema, 'wirepact.config.ts': firstConfig }
  const show = (file: string) => (relative(world.cwd, file) || '.').replaceAll('\\', '/')
  const taken = Object.keys(files).filter((name) => existsSync(join(folder, name)))
  if (taken.length > 0) {
    const names = taken.map((name) => show(join(folder, name))).join(' and ')
    world.complain(`${names} ${taken.length === 1 ? 'is' : 'are'} there already. Nothing was written.\n`)
    return 1
  }
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text, { flag: 'wx' })
    world.print(`Wrote ${show(join(folder, name))}\n`)
  }
  world.print(nextSteps(show(folder)))
  return 0
}

function nextSteps(folder: string): string {
  const enter = folder === '.' ? [] : [`cd ${folder}`]
  const install = [
    'npm install @wirepact/runtime @wirepact/client',
    'npm install --save-dev wirepact @wirepact/schema',
  ]
  const steps = [...enter, ...install, 'npx wirepact generate']
  const last = 'Then write the handlers in handlers/, and start the server that generated/server.js creates.'
  return `\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}${last}\n`
}
