import type { MessageIr, RouteIr } from 'wirepact/compiler'
import type { PartCase } from './diff-part-case.js'
import { api, chat, event, fine, object, source, wire } from './diff-world.js'

const route = (more: Partial<RouteIr>) => api([chat(more)])
const sent = (...clientToServer: MessageIr[]) => route({ clientToServer })
const bare = (more: Partial<RouteIr>) => route({ wire: 'bare', ...more })
const withSchema = (part: 'query' | 'headers' | 'cookies', schema: ReturnType<typeof object>) =>
  api([chat({ [part]: { schema: 'Extra', convert: [] } })], { Extra: schema })
const params = (path: string, name: string) =>
  api([chat({ path, params: { schema: 'ChatParams', convert: [] } })], {
    ChatParams: object({ [name]: { type: 'string' } }),
  })
const state = (schema: ReturnType<typeof object>) =>
  api([chat({ state: 'ChatState' })], { ChatState: schema })
const base = route({})
const withRoute = ({ routes, schemas }: ReturnType<typeof api>, path: string) => ({
  ...base,
  schemas,
  routes: [...routes, chat({ name: 'more', typeName: 'More', path, params: null })],
})
const numbered = api([chat()], { ChatParams: object({ roomId: { type: 'integer' } }) })
const late = route({ path: '/{roomId}/lobby' })
const rest = route({ path: '/chat/{roomId*}' })
const text = { type: 'string' }
const quiet = event({ data: 'ChatText' })

export const apiCases: readonly PartCase[] = [
  ['TITLE_CHANGED', 'another title is for people alone', base, { ...base, title: 'Talk' }, fine],
  ['VERSION_CHANGED', 'another version means nothing', base, { ...base, version: '2' }, fine],
  ['DESCRIPTION_CHANGED', 'a description is for people alone', base, { ...base, description: 'D.' }, fine],
  ['EXAMPLES_CHANGED', 'examples are for people', sent(quiet), sent({ ...quiet, examples: [1] }), fine],
  ['DEPRECATED', 'a message goes on working', sent(quiet), sent({ ...quiet, deprecated: true }), fine],
  ['DEPRECATION_LIFTED', 'it works as before', route({ deprecated: true }), base, fine],
]

export const routeCases: readonly PartCase[] = [
  ['ROUTE_ADDED', 'old clients do not connect to it', api([]), base, fine],
  ['ROUTE_ADDED', 'the old route takes numbers alone', numbered, withRoute(numbered, '/chat/lobby'), fine],
  ['ROUTE_ADDED', 'the old route is asked first', base, withRoute(base, '/{kind}/{roomId}'), fine],
  ['PATHS_TAKEN', 'old clients come to another room', base, withRoute(base, '/chat/lobby'), wire],
  ['PATHS_TAKEN', 'one more specific than the rest', rest, withRoute(rest, '/chat/{a}/{b}'), wire],
  ['PATHS_TAKEN', 'text that comes earlier is asked first', late, withRoute(late, '/chat/{a}'), wire],
  ['ROUTE_ADDED', 'text of the old route comes earlier', base, withRoute(base, '/{kind}/lobby'), fine],
  ['ROUTE_ADDED', 'the rest is asked last', base, withRoute(base, '/chat/{path*}'), fine],
  ['ROUTE_REMOVED', 'old clients connect to a path that is gone', base, api([]), wire],
  [
    'ROUTE_RENAMED',
    'the path is the same, the method is not',
    base,
    route({ name: 'talk', typeName: 'Talk' }),
    source,
  ],
  ['PATH_CHANGED', 'old clients connect to the old path', base, route({ path: '/talk/{roomId}' }), wire],
  [
    'PATH_CHANGED',
    'a parameter that takes the rest of the path takes other paths',
    base,
    route({ path: '/chat/{roomId*}' }),
    wire,
  ],
  [
    'PATH_PARAMETER_RENAMED',
    'the paths are the same, the code is not',
    params('/chat/{roomId}', 'roomId'),
    params('/chat/{id}', 'id'),
    source,
  ],
  ['WIRE_CHANGED', 'old clients write their messages in the other way', base, bare({}), wire],
  [
    'DISCRIMINATOR_CHANGED',
    'old clients write the other property',
    bare({ discriminator: 'type' }),
    bare({ discriminator: 'kind' }),
    wire,
  ],
  ['SUBPROTOCOL_ADDED', 'old clients do not ask for it', base, route({ subprotocols: ['v1'] }), fine],
  [
    'SUBPROTOCOL_REMOVED',
    'old clients that ask for it are refused',
    route({ subprotocols: ['v1'] }),
    base,
    wire,
  ],
  [
    'SUBPROTOCOLS_REORDERED',
    'old clients get one that they asked for',
    route({ subprotocols: ['v1', 'v2'] }),
    route({ subprotocols: ['v2', 'v1'] }),
    fine,
  ],
  [
    'STATE_CHANGED',
    'the state is never sent, but handlers name it',
    state(object({ a: text })),
    state(object({ b: text })),
    source,
  ],
  [
    'STATE_CHANGED',
    'a state that is gone is missed by handlers alone',
    state(object({ a: text })),
    base,
    source,
  ],
  ['AUTH_ADDED', 'old clients that nobody knows are refused', base, route({ auth: 'required' }), wire],
  ['AUTH_REMOVED', 'whoever was let in still is', route({ auth: ['read'] }), base, fine],
  [
    'SCOPE_ADDED',
    'old clients without the scope are refused',
    route({ auth: 'required' }),
    route({ auth: ['read'] }),
    wire,
  ],
  [
    'SCOPE_REMOVED',
    'whoever was let in still is',
    route({ auth: ['read', 'write'] }),
    route({ auth: ['read'] }),
    fine,
  ],
  [
    'REQUIRED_PROPERTY_ADDED',
    'a required query parameter: old clients do not send it',
    base,
    withSchema('query', object({ since: text })),
    wire,
  ],
  [
    'OPTIONAL_PROPERTY_ADDED',
    'an optional query parameter: old clients need not send it',
    base,
    withSchema('query', object({ since: text }, { required: [] })),
    fine,
  ],
  [
    'REQUIRED_PROPERTY_REMOVED',
    'a query parameter that is gone is ignored, but code that gives it does not compile',
    withSchema('query', object({ since: text })),
    base,
    source,
  ],
  [
    'REQUIRED_PROPERTY_ADDED',
    'a required header: old clients do not send it',
    base,
    withSchema('headers', object({ 'x-tenant': text })),
    wire,
  ],
  [
    'REQUIRED_PROPERTY_ADDED',
    'a required cookie: old clients do not send it',
    base,
    withSchema('cookies', object({ session: text })),
    wire,
  ],
  [
    'PATTERN_ADDED',
    'a path parameter gets a pattern: old clients may connect with what does not match',
    params('/chat/{roomId}', 'roomId'),
    api([chat()], { ChatParams: object({ roomId: { type: 'string', pattern: '^a' } }) }),
    wire,
  ],
]
