import type { ApiModel } from '../model/model.js'

/** What generated modules import, declare or take from the language beside the types of schemas. */
const everywhere = [
  ...['ApiServer', 'Answering', 'AskOptions', 'Call', 'Channel', 'Client', 'ClientOptions', 'Connection'],
  ...['ConnectionTarget', 'MessagesOptions', 'UserTarget'],
  ...['Context', 'Disconnect', 'ErrorFactories', 'Handlers', 'JoinRequest', 'JsonSchema', 'MemberChannel'],
  ...[
    'ReadOptions',
    'Refreshing',
    'RequestHandler',
    'RouteDefinition',
    'Routes',
    'Sent',
    'Server',
    'ServerArguments',
  ],
  ...['StreamCall', 'StreamHandler', 'SubscribableChannel', 'Validator', 'WirepactError'],
  ...['Array', 'AsyncIterable', 'AsyncIterableIterator', 'Error', 'Function', 'Object', 'Partial', 'Promise'],
  ...['ReadonlyArray', 'Readonly', 'Record', 'RegExp', 'Uint8Array', 'URL'],
]

const ofRoute = [
  'Answers',
  'Handlers',
  'Context',
  'Channels',
  'Peer',
  'Recipients',
  'Incoming',
  'Recipient',
  'ServerChannels',
  'Events',
  'Arguments',
  'Connection',
]
const ofChannel = ['Messages', 'Member']
const ofRequest = ['Errors', 'Context']

/** The type names that the generated code of an API has beside those of its schemas. */
export function reservedTypeNames(model: ApiModel): ReadonlySet<string> {
  const names = model.routes.flatMap((route) => [
    ...ofRoute.map((suffix) => route.typeName + suffix),
    ...route.channels.flatMap(({ typeName }) => ofChannel.map((suffix) => typeName + suffix)),
    ...[...route.clientToServer, ...route.serverToClient]
      .filter((message) => message.kind !== 'event')
      .flatMap(({ typeName }) => ofRequest.map((suffix) => typeName + suffix)),
  ])
  return new Set([...everywhere, ...names])
}
