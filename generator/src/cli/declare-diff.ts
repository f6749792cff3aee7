import { choiceOf } from './choice.js'
import { type Command, textOf } from './command.js'
import { configOption, schemaOption } from './file-options.js'

export const diff: Command = {
  name: 'diff',
  summary: 'Compares the API with an earlier version, and says of each change whom it breaks.',
  usage: '[--against REV|FILE] [--format pretty|json|github] [--fail-on breaking|any|none]',
  maxPositionals: 0,
  options: {
    against: {
      type: 'string',
      value: 'REV|FILE',
      help: 'The earlier version: a schema file, a snapshot, or else a revision of git. Default: HEAD.',
    },
    config: configOption,
    schema: schemaOption,
    format: {
      type: 'string',
      value: 'FORMAT',
      help: 'pretty for people, json for programs, github for annotations. Default: pretty.',
    },
    'fail-on': {
      type: 'string',
      value: 'CLASS',
      help: 'What ends with 1: breaking, any change, or none. Default: breaking.',
    },
  },
  examples: [
    ['wirepact diff', 'what has changed since the last commit'],
    ['wirepact diff --against v1.2.0', 'since a release'],
    ['wirepact diff --against origin/main --format github', 'in continuous integration'],
    ['wirepact diff --against old/schema.ts --fail-on any', 'two schema files that are to be the same'],
  ],
  exits: [
    'nothing to fail on',
    'there are changes to fail on',
    'wrong use, or a version that cannot be read',
  ],
  async run(args, world) {
    const format = choiceOf(args, 'format', ['pretty', 'json', 'github'])
    const failOn = choiceOf(args, 'fail-on', ['breaking', 'any', 'none'])
    for (const choice of [format, failOn]) {
      if (!('problem' in choice)) continue
      world.complain(`${choice.problem}\nSee \`wirepact diff --help\`.\n`)
      return 2
    }
    if (!('value' in format) || !('value' in failOn)) return 2
    const { runDiff } = await import('./diff-command.js')
    const paths = { config: textOf(args, 'config'), schema: textOf(args, 'schema') }
    const against = textOf(args, 'against') ?? 'HEAD'
    return runDiff({ ...paths, against, format: format.value, failOn: failOn.value }, world)
  },
}
