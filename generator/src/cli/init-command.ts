import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { makeFolder } from '../write/make-folder.js'
import { readTemplate, type Template } from './template-files.js'
import type { ExitCode, World } from './world.js'

/** What a folder gets that has files already: the rest is there, or is somebody's own. */
const essential = ['schema.ts', 'wirepact.config.ts']

/** Files that say nothing about a project: a folder with these alone counts as empty. */
const incidental = new Set(['.git', '.DS_Store', '.idea', '.vscode'])

export interface InitOptions {
  readonly dir: string
  readonly template: Template
}

/** Writes the files to start from: all of them into an empty folder, else schema and configuration alone. */
export function runInit({ dir, template }: InitOptions, world: World): ExitCode {
  const folder = resolve(world.cwd, dir)
  const show = (file: string) => (relative(world.cwd, file) || '.').replaceAll('\\', '/')
  const isNew = isEmpty(folder)
  const all = readTemplate(template, { name: toPackageName(basename(folder)), version: world.version })
  const files = [...all].filter(([path]) => isNew || essential.includes(path))
  const taken = files.map(([path]) => join(folder, path)).filter((file) => existsSync(file))
  if (taken.length > 0) {
    const names = taken.map(show).join(' and ')
    world.complain(`${names} ${taken.length === 1 ? 'is' : 'are'} there already. Nothing was written.\n`)
    return 1
  }
  for (const [path, text] of files) {
    const file = join(folder, path)
    makeFolder(dirname(file))
    writeFileSync(file, text, { flag: 'wx' })
    world.print(`Wrote ${show(file)}\n`)
  }
  world.print(nextSteps(show(folder), isNew, world.version))
  return 0
}

function isEmpty(folder: string): boolean {
  return !existsSync(folder) || readdirSync(folder).every((name) => incidental.has(name))
}

/** A name that npm takes: lower case, and nothing but letters, digits, dots and dashes. */
function toPackageName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9.-]+/g, '-')
  return plain.replace(/^[.-]+|[.-]+$/g, '') || 'wirepact-app'
}

function nextSteps(folder: string, isNew: boolean, version: string): string {
  const enter = folder === '.' ? [] : [`cd ${folder}`]
  const steps = isNew
    ? [...enter, 'npm install', 'npm run build', 'npm start']
    : [
        ...enter,
        `npm install @wirepact/runtime@${version} @wirepact/client@${version} @wirepact/protocol@${version} ws`,
        `npm install --save-dev wirepact@${version} @wirepact/schema@${version} typescript @types/node`,
        'npx wirepact generate',
      ]
  const last = isNew
    ? 'README.md says what is what.'
    : 'Then write the handlers in handlers/, and start the server that generated/server.js creates. In tsconfig.json, "module" is "nodenext" (or "moduleResolution" is "bundler"), and "strict" is on.'
  return `\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}${last}\n`
}
