import { type Command, textOf } from './command.js'
import { configOption, schemaOption } from './file-options.js'

export const generate: Command = {
  name: 'generate',
  summary: 'Compiles the schema file into server, client, types and validators.',
  usage: '[--config FILE] [--schema FILE] [--output DIR] [--watch | --check | --dry-run]',
  maxPositionals: 0,
  options: {
    config: configOption,
    schema: schemaOption,
    output: {
      type: 'string',
      value: 'DIR',
      help: 'The output folder. Default: as configured, else ./generated.',
    },
    watch: {
      type: 'boolean',
      help: 'Stays, and generates again when the schema, what it imports or the configuration changes.',
    },
    check: { type: 'boolean', help: 'Writes nothing, and fails when something is not up to date.' },
    'dry-run': { type: 'boolean', help: 'Writes nothing, and shows what would change.' },
    timing: { type: 'boolean', help: 'Shows how long each phase took.' },
  },
  examples: [
    ['wirepact generate', 'as wirepact.config.ts says'],
    ['wirepact generate --schema api/schema.ts --output api/generated', 'without a configuration'],
    ['wirepact generate --watch', 'while the schema is being written'],
    ['wirepact generate --check', 'in continuous integration'],
    ['wirepact generate --dry-run', 'to see what would be added to the handlers'],
  ],
  exits: [
    'everything is up to date, or was when --watch ended',
    'problems were found, or --check found something out of date',
    'wrong use',
  ],
  async run(args, world) {
    const modes = (['watch', 'check', 'dry-run'] as const).filter((mode) => args.values[mode] === true)
    if (modes.length > 1) {
      world.complain(
        `--${modes[0]} and --${modes[1]} do not go together.\nSee \`wirepact generate --help\`.\n`,
      )
      return 2
    }
    const [mode = 'write'] = modes
    const text = (option: string) => textOf(args, option)
    const paths = { config: text('config'), schema: text('schema'), output: text('output') }
    const options = { ...paths, timing: args.values.timing === true }
    if (mode === 'watch') return (await import('./watch-command.js')).runWatch(options, world)
    return (await import('./generate-command.js')).runGenerate({ ...options, mode }, world)
  },
}
