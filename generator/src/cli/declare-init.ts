import { closest } from '../diagnose/suggest.js'
import { type Command, textOf } from './command.js'
import { type Template, templates } from './template-files.js'

export const init: Command = {
  name: 'init',
  summary: 'Writes a first project to start from, or a schema and a configuration into one that is there.',
  usage: '[DIR] [--template NAME]',
  maxPositionals: 1,
  options: {
    template: { type: 'string', value: 'NAME', help: `${templates.join(', ')}. Default: ${templates[0]}.` },
  },
  examples: [
    ['wirepact init my-chat', 'a new project in the folder my-chat'],
    ['wirepact init my-dashboard --template dashboard', 'another one'],
    ['wirepact init', 'in this folder: if it is not empty, a schema and a configuration'],
  ],
  exits: ['the files are written', 'a file of that name is there already', 'wrong use'],
  async run(args, world) {
    const wanted = textOf(args, 'template') ?? templates[0]
    if (!isTemplate(wanted)) {
      const meant = closest(wanted, templates)
      const hint = meant === undefined ? `There are ${templates.join(', ')}.` : `Did you mean ${meant}?`
      world.complain(`There is no template "${wanted}". ${hint}\nSee \`wirepact init --help\`.\n`)
      return 2
    }
    const { runInit } = await import('./init-command.js')
    return runInit({ dir: args.positionals[0] ?? '.', template: wanted }, world)
  },
}

function isTemplate(name: string): name is Template {
  return templates.some((template) => template === name)
}
