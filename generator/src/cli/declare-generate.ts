import { type Command, textOf } from './command.js'

export const generate: Command = {
  name: 'generate',
  summary: 'Compiles the schema file into server, client, types and validators.',
  usage: '[--config FILE] [--schema FILE] [--output DIR] [--check]',
  maxPositionals: 0,
  options: {
    config: {
      type: 'string',
      value: 'FILE',
      help: 'The configuration. Default: wirepact.config.ts, if it is there.',
    },
    schema: {
      type: 'string',
      value: 'FILE',
      help: 'The schema file. Default: as configured, else ./schema.ts.',
    },
    output: {
      type: 'string',
      value: 'DIR',
      help: 'The output folder. Default: as configured, else ./generated.',
    },
    check: { type: 'boolean', help: 'Writes nothing, and fails when the output is not up to date.' },
  },
  examples: [
    ['wirepact generate', 'as wirepact.config.ts says'],
    ['wirepact generate --schema api/schema.ts --output api/generated', 'without a configuration'],
    ['wirepact generate --check', 'in continuous integration'],
  ],
  exits: ['everything is up to date', 'problems were found, or --check found files out of date', 'wrong use'],
  async run(args, world) {
    const { runGenerate } = await import('./generate-command.js')
    const text = (option: string) => textOf(args, option)
    const paths = { config: text('config'), schema: text('schema'), output: text('output') }
    return runGenerate({ ...paths, check: args.values.check === true }, world)
  },
}
