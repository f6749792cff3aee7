import type { ApiIr } from '../ir.js'
import { type Command, textOf } from './command.js'
import { configOption, schemaOption } from './file-options.js'

export const docs: Command = {
  name: 'docs',
  summary: 'Writes one HTML page about the API, to read, search and print.',
  usage: '[--output FILE] [--schema FILE]',
  maxPositionals: 0,
  options: {
    output: { type: 'string', value: 'FILE', help: 'The file to write. Default: ./api.html.' },
    config: configOption,
    schema: schemaOption,
  },
  examples: [
    ['wirepact docs', 'writes api.html'],
    ['wirepact docs --output public/api/index.html', 'to be served with a site'],
  ],
  exits: ['it is written', 'problems were found in the schema', 'wrong use'],
  async run(args, world) {
    const { runExport } = await import('./export-command.js')
    const paths = { config: textOf(args, 'config'), schema: textOf(args, 'schema') }
    const write = async (api: ApiIr) => (await import('../document/write-docs.js')).writeDocs(api)
    return runExport({ ...paths, file: textOf(args, 'output') ?? 'api.html', write }, world)
  },
}
