import { apiSource, routeSource } from './load-source.js'

/** Two routes, each with the channels that are written for it. */
export function routesSource(a: string, b: string, more = { a: '', b: '' }): string {
  return apiSource(`export default defineApi({ title: 'T', version: '1', routes: {
      a: route({ path: '/a', ${more.a} channels: { ${a} } }),
      b: route({ path: '/b', ${more.b} channels: { ${b} } }),
    } })`)
}

/** Mistakes of what channels are called: what is written, by what is wrong with it. */
export const mistakesOfChannels: Readonly<Record<string, string>> = {
  'two channels of one name': routeSource(`path: '/', channels: {
      a: channel({ name: 'room/{x}', messages: { said: Type.String() } }),
      b: channel({ name: 'room/{y}', messages: { said: Type.String() } }),
      c: channel({ name: 'room/{y}', messages: {}, join: 'guarded' }),
    }`),
  'two channels of one name with other content': routesSource(
    `a: channel({ name: 'room/{x}', messages: { said: Type.String() } })`,
    `b: channel({ name: 'room/{y}', messages: { said: Type.Number() } })`,
  ),
  'channels of which neither is more specific': routeSource(`path: '/', channels: {
      one: channel({ name: 'a/{x}', messages: {} }),
      other: channel({ name: '{y}/b', messages: {} }),
      clear: channel({ name: '{y}/{x}', messages: {} }),
      first: channel({ name: 'c/{x}/{y}/{z}', messages: {} }),
      last: channel({ name: '{x}/{y}/{z}/d', messages: {} }),
    }`),
  'a message with another payload on another route': routesSource(
    `any: channel({ name: '{kind}/{key}', messages: { said: Type.String(), left: event() } })`,
    `vault: channel({ name: 'vault/{id}', messages: {
        said: event({ data: Type.Number() }),
        left: event(),
        opened: Type.Number(),
      } })`,
  ),
}
