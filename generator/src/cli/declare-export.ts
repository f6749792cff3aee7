import type { ApiIr } from '../ir.js'
import { choiceOf } from './choice.js'
import { type Command, textOf } from './command.js'
import { configOption, schemaOption } from './file-options.js'
import type { World } from './world.js'

type Perspective = 'server' | 'client'

/** What can be exported, by its name: what writes it is loaded when it is asked for. */
const documents: Readonly<Record<string, (perspective: Perspective) => (api: ApiIr) => Promise<string>>> = {
  asyncapi: (perspective) => async (api) =>
    (await import('../asyncapi/emit-asyncapi.js')).emitAsyncApi(api, { perspective }),
  snapshot: () => async (api) => (await import('../diff/sides/snapshot.js')).toSnapshot(api),
}

export const exportDocument: Command = {
  name: 'export',
  summary: 'Writes the API in another form: an AsyncAPI document, or a snapshot for `wirepact diff`.',
  usage: 'asyncapi|snapshot [--output FILE] [--perspective server|client]',
  maxPositionals: 1,
  options: {
    output: { type: 'string', value: 'FILE', help: 'The file to write. Default: the standard output.' },
    perspective: {
      type: 'string',
      value: 'SIDE',
      help: 'Whose AsyncAPI document it is, server or client: what the one sends the other one receives. Default: server.',
    },
    config: configOption,
    schema: schemaOption,
  },
  examples: [
    ['wirepact export asyncapi --output asyncapi.json', 'AsyncAPI 3.1.0'],
    ['wirepact export asyncapi --perspective client', 'for those who write a client'],
    ['wirepact export snapshot --output api-1.2.json', 'to compare with later'],
  ],
  exits: ['it is written', 'problems were found in the schema', 'wrong use'],
  async run(args, world) {
    const name = args.positionals[0] ?? ''
    const document = Object.hasOwn(documents, name) ? documents[name] : undefined
    if (document === undefined)
      return misuse(`What is to be exported? ${Object.keys(documents).join(' or ')}.`, world)
    const perspective = choiceOf(args, 'perspective', ['server', 'client'])
    if ('problem' in perspective) return misuse(perspective.problem, world)
    const { runExport } = await import('./export-command.js')
    const paths = { config: textOf(args, 'config'), schema: textOf(args, 'schema') }
    return runExport({ ...paths, file: textOf(args, 'output'), write: document(perspective.value) }, world)
  },
}

function misuse(message: string, world: World): 2 {
  world.complain(`${message}\nSee \`wirepact export --help\`.\n`)
  return 2
}
