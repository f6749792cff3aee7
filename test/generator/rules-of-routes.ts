import { apiSource, routeSource } from './load-source.js'

/** Mistakes of routes: what is written, by what is wrong with it. */
export const mistakesOfRoutes: Readonly<Record<string, string>> = {
  'an api without routes': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {} })`),
  'an api without a title': apiSource(
    `export default defineApi({ version: '1', routes: { a: route({ path: '/' }) } } as never)`,
  ),
  'a route without a path': routeSource(`description: 'none'`),
  'two routes of one path': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      a: route({ path: '/x/{id}', params: Type.Object({ id: Type.String() }) }),
      b: route({ path: '/x/{key}', params: Type.Object({ key: Type.String() }) }),
    } })`),
  'a name that is no identifier': routeSource(
    `path: '/', clientToServer: { 'two-words': event(), '1st': event() }`,
  ),
  'a path without a slash': routeSource(`path: 'chat'`),
  'a path with part of a segment': routeSource(`path: '/a/x{b}'`),
  'a path with an open brace': routeSource(`path: '/a/{b'`),
  'a path with an empty segment': routeSource(`path: '/a//b'`),
  'a path with a parameter twice': routeSource(`path: '/{a}/{a}', params: Type.Object({ a: Type.String() })`),
  'a path in another style': routeSource(`path: '/chat/:room'`),
  'a path with a query': routeSource(`path: '/chat?x=1'`),
  'a malformed channel name': routeSource(
    `path: '/', channels: { a: channel({ name: 'a/{b', messages: {} }) }`,
  ),
  'a parameter without a schema': routeSource(`path: '/{room}'`),
  'a parameter of another name': routeSource(`path: '/{roomID}',
    params: Type.Object({ roomId: Type.String() })`),
  'params of an unsupported type': routeSource(`path: '/{a}/{b}/{c}', params: Type.Object({
      a: Type.Object({}),
      b: Type.Array(Type.String()),
      c: Type.Union([Type.String(), Type.Integer()]),
    })`),
  'a query that is no object': routeSource(`path: '/', query: Type.Record(Type.String(), Type.String())`),
  'two routes of one type name': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      chat: route({ path: '/a' }),
      Chat: route({ path: '/b' }),
    } })`),
  'an entry of a list without a name':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: [
      route({ name: 'status', path: '/status' }),
      route({ path: '/team-chat/{roomId}', params: Type.Object({ roomId: param.slug() }) }),
    ] })`),
  'a name in a record': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      chat: route({ name: 'talk', path: '/' }),
    } })`),
  'two routes of one name': apiSource(`export default defineApi({ title: 'T', version: '1', routes: [
      route({ name: 'chat', path: '/a' }),
      router({ prefix: '/b', routes: [route({ name: 'chat', path: '/' })] }),
    ] })`),
  'two routes of one name by way of a router':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      adminUsers: route({ path: '/a' }),
      admin: router({ prefix: '/b', routes: { users: route({ path: '/users' }) } }),
    } })`),
  'a route with the name of a device':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      con: route({ path: '/a' }),
    } })`),
  'a router that is no router': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      admin: { prefix: '/a', routes: {} } as never,
      other: event() as never,
    } })`),
  'a router without routes and with a misspelt option':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      status: route({ path: '/' }),
      admin: router({ prefx: '/a' } as never),
    } })`),
  'a malformed prefix': apiSource(`export default defineApi({ title: 'T', version: '1', routes: [
      router({ prefix: 'admin', routes: { a: route({ path: '/a' }) } }),
      router({ prefix: '/more/', routes: { b: route({ path: '/b' }) } }),
      router({ prefix: '/{rest*}', params: Type.Object({ rest: param.rest() }), routes: [] }),
    ] })`),
  'a parameter of a prefix without a schema': apiSource(`const users = route({ path: '/users' })
export default defineApi({ title: 'T', version: '1', routes: {
      admin: router({ prefix: '/teams/{teamId}', routes: { users, groups: route({ path: '/groups' }) } }),
    } })`),
  'a parameter of a router that no path has':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      admin: router({ prefix: '/admin', params: Type.Object({ teamId: param.uuid() }), routes: {
        users: route({ path: '/users' }) } }),
    } })`),
  'a parameter of a prefix and a path':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      admin: router({ prefix: '/{id}', params: Type.Object({ id: param.uuid() }), routes: {
        users: route({ path: '/users/{id}' }) } }),
    } })`),
  'params that a router has already':
    apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      admin: router({ prefix: '/{teamId}', params: Type.Object({ teamId: param.uuid() }),
        headers: Type.Object({ 'x-trace': Type.String() }), routes: {
          users: route({
            path: '/users',
            params: Type.Object({ teamId: param.integer() }),
            headers: Type.Object({ 'x-trace': Type.Integer() }),
          }) } }),
    } })`),
  'a rest parameter that is not last': routeSource(`path: '/{rest*}/end',
    params: Type.Object({ rest: param.rest() })`),
  'a rest parameter that is no text': routeSource(`path: '/files/{rest*}',
    params: Type.Object({ rest: Type.Integer() })`),
  'headers by impossible names': routeSource(`path: '/', headers: Type.Object({
      'X-Version': Type.String(),
      'not a token': Type.String(),
      'sec-websocket-key': Type.String(),
      'sec-websocket-protocol': Type.String(),
      cookie: Type.String(),
      connection: Type.String(),
    })`),
  'a header that is a list': routeSource(
    `path: '/', headers: Type.Object({ 'x-tags': Type.Array(Type.String()) })`,
  ),
  'a cookie by an impossible name': routeSource(
    `path: '/', cookies: Type.Object({ 'session id': Type.String() })`,
  ),
  'impossible subprotocols': routeSource(`path: '/',
    subprotocols: ['soap', 'with space', 'wirepact.v1.json', 'soap', 5 as never]`),
  'no subprotocols at all': routeSource(`path: '/', subprotocols: []`),
  'state that is no object': routeSource(`path: '/', state: Type.Array(Type.String())`),
  'auth that nobody could check': apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      admin: router({ auth: 'require' as never, routes: {
        users: route({ path: '/users', auth: [] }),
        groups: route({ path: '/groups', auth: 'admin' as never, clientToServer: {
          add: event({ auth: [5 as never] }), drop: event({ auth: ['required'] }) } }),
      } }),
    } })`),
  'a path that no URL keeps': routeSource(`path: '/a/../naïve'`),
  'a router that contains itself': apiSource(`const routes: Record<string, ReturnType<typeof router>> = {}
const admin = router({ prefix: '/admin', routes })
routes.again = admin
export default defineApi({ title: 'T', version: '1', routes: { admin } })`),
}
