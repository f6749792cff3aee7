import type { CommandOption } from './command.js'

/** The options by which a command is told where a project has its files. */
export const configOption: CommandOption = {
  type: 'string',
  value: 'FILE',
  help: 'The configuration. Default: wirepact.config.ts, if it is there.',
}

export const schemaOption: CommandOption = {
  type: 'string',
  value: 'FILE',
  help: 'The schema file. Default: as configured, else ./schema.ts.',
}
