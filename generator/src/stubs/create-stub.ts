import { join, relative } from 'node:path'
import type { RouteIr } from '../ir.js'
import { guardsOf, messagesOf } from './handler.js'
import { type Container, indent, renderGuards, renderHandler } from './render-handler.js'
import { isReservedWord } from './reserved-words.js'
import { ownStyle } from './style.js'

export interface StubPlace {
  /** The folder of the handlers. */
  readonly folder: string
  /** The folder of the generated code. */
  readonly output: string
}

/** The first handlers of a route: each does nothing, or says that it is still missing. */
export function createStub(route: RouteIr, place: StubPlace): string {
  const type = handlersType(route)
  const container: Container = { kind: 'object', type, route: route.name }
  const guards = guardsOf(route)
  const members = messagesOf(route).map((message) => renderHandler(message, container, ownStyle))
  if (guards.length > 0) members.unshift(renderGuards(guards, container, ownStyle))
  const body = members.map((member) => `${indent(member, ownStyle.unit)},\n`).join('\n')
  return [
    `import type { ${type} } from '${serverModule(route, place)}'`,
    '',
    `/** Handlers of \`${route.path.replaceAll('*/', '*\\/')}\`. This file is yours: the generator adds handlers for new messages, and nothing else. */`,
    `export const ${constantName(route)}: ${type} = ${body === '' ? '{}' : `{\n${body}}`}`,
    '',
  ].join('\n')
}

/** The name of the file with a route's first handlers. */
export function stubFileName(route: RouteIr): string {
  return `${route.name}.ts`
}

/** The name of the interface that a route's handlers fulfil. */
export function handlersType(route: RouteIr): string {
  return `${route.typeName}Handlers`
}

/** What a route's handlers are called in the file that is written first: a route's name cannot always be a variable's. */
export function constantName({ name }: RouteIr): string {
  return isReservedWord(name) ? `${name}Handlers` : name
}

function serverModule(route: RouteIr, { folder, output }: StubPlace): string {
  const path = relative(folder, join(output, route.name, 'server.js')).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}
