import { type Command, textOf } from './command.js'
import { configOption } from './file-options.js'

export const doctor: Command = {
  name: 'doctor',
  summary: 'Looks for what commonly goes wrong in a project, and says what to do.',
  usage: '[--config FILE]',
  maxPositionals: 0,
  options: {
    config: configOption,
  },
  examples: [
    ['wirepact doctor', 'Node, packages, configuration, schema, generated code, handlers, tsconfig.json'],
  ],
  exits: ['nothing failed; there may be warnings', 'something failed', 'wrong use'],
  async run(args, world) {
    const { runDoctor } = await import('./doctor-command.js')
    return runDoctor(textOf(args, 'config'), world)
  },
}
