import type { Command } from './command.js'

export const init: Command = {
  name: 'init',
  summary: 'Writes a first schema file and a configuration to start from.',
  usage: '[DIR]',
  maxPositionals: 1,
  options: {},
  examples: [
    ['wirepact init', 'in this folder'],
    ['wirepact init api', 'in the folder api'],
  ],
  exits: ['the files are written', 'a file of that name is there already', 'wrong use'],
  async run({ positionals }, world) {
    const { runInit } = await import('./init-command.js')
    return runInit(positionals[0] ?? '.', world)
  },
}
