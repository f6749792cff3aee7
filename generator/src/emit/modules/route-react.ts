import type { ChannelIr, RouteIr } from '../../ir.js'
import { also, type DocComment, docText } from '../doc-comment.js'
import type { HookNames } from '../hook-names.js'
import { flatten, type Layout, render } from '../layout.js'
import { member } from '../literal.js'
import type { Module } from '../module.js'
import type { Plan } from '../plan.js'
import { RouteModule } from '../route-module.js'
import type { RouteNames } from '../route-names.js'
import { channelArguments, channelOperands } from './channel-types.js'
import { describeChannel } from './facts.js'
import { generic, interfaceOf, type Property, property } from './members.js'

const react = '@wirepact/client/react'

interface HookModule {
  readonly module: RouteModule
  readonly hooks: HookNames
}

/** `<route>/react.ts`: the hooks for what the server sends, and for the channels. */
export function routeReactModule(plan: Plan, route: RouteIr, named: Named): Module {
  const { hooks, client } = named
  const names = { ...client, all: () => [...hooks.all(), 'connection', 'name', 'listener', 'options'] }
  const file = { module: new RouteModule(plan, route, names), hooks }
  const statements = [
    ...(hooks.event === undefined ? [] : [eventHook(hooks.event, file, client)]),
    ...route.channels.flatMap((channel) => channelHook(channel, file, client)),
  ]
  return {
    path: `${route.name}/react.ts`,
    directive: 'use client',
    imports: file.module.imports,
    statements,
  }
}

/** The names of a route's hooks, and of its declarations for the client. */
export interface Named {
  readonly hooks: HookNames
  readonly client: RouteNames
}

function eventHook(name: string, { module }: HookModule, client: RouteNames): string {
  const { imports, route } = module
  const events = imports.type('./client.js', client.of('Events'))
  const connection = imports.type('./client.js', client.of('Connection'))
  const use = imports.value(react, 'useEvent')
  const docs: DocComment = {
    paragraphs: [`Calls back for every event of this name that the server sends on \`${route.path}\`.`],
  }
  const head = functionHead(`${name}<Name extends keyof ${events} & string>`, 'void', [
    `connection: ${connection}`,
    'name: Name',
    `listener: (data: ${events}[Name]) => void`,
  ])
  return `${docText(docs)}${head}  ${use}<${events}, Name>(connection, name, listener)\n}`
}

function channelHook(channel: ChannelIr, file: HookModule, client: RouteNames): string[] {
  const { module, hooks } = file
  const names = hooks.channels.get(channel)
  if (names === undefined) return []
  const { imports } = module
  const connection = imports.type('./client.js', client.of('Connection'))
  const properties = optionsOf(channel, module)
  const isOptional = properties.every((one) => one.isOptional)
  const operands = operandsOf(channel, module, client)
  const view = generic(imports.type(react, 'ChannelView'), operands)
  const head = functionHead(names.hook, view, [
    `connection: ${connection}`,
    `options${isOptional ? '?' : ''}: ${names.options}`,
  ])
  const hasParams = properties.some(({ name }) => name === 'params')
  const params = hasParams ? `options${isOptional ? '?' : ''}.params` : ''
  const picked = `${member('connection.channels', channel.key)}(${params})`
  const call: Layout = [
    '  return ',
    generic(imports.value(react, 'useChannel'), operands),
    { open: '(', close: ')', between: ',', trailing: ',', items: [picked, 'options'] },
  ]
  const own: DocComment = { paragraphs: [`What {@link ${names.hook}} is told.`] }
  const base = generic(imports.type(react, 'MessageListOptions'), operands.slice(0, 1))
  return [
    interfaceOf({ name: names.options, docs: own, extends: [base], properties }),
    `${docText(also(describeChannel(channel), lifeOf(channel)))}${head}${render(call, { indent: 2, column: 0 })}\n}`,
  ]
}

function lifeOf({ join }: ChannelIr): string {
  if (join !== 'handler') return 'Joined while the component is shown.'
  return 'Heard while the component is shown; the server says who joins it.'
}

/** What a channel's types are made with, where they are imported and not declared. */
function operandsOf(channel: ChannelIr, module: RouteModule, client: RouteNames): Layout[] {
  const messages = module.imports.type('./client.js', client.ofChannel(channel, 'Messages'))
  const [, ...others] = channelOperands(channel, module)
  return [messages, ...others]
}

/** The parameters of the channel's name, and what others see of a client that subscribes. */
function optionsOf(channel: ChannelIr, module: RouteModule): Property[] {
  const [params] = channelArguments(channel, module, true)
  const properties: Property[] = []
  if (params !== undefined) {
    const [name, type] = params
    properties.push(name.endsWith('?') ? optional('params', type) : property('params', type))
  }
  if (channel.join === 'handler' || channel.presence === null) return properties
  const docs: DocComment = { paragraphs: ['What others see of this client. Only the first value counts.'] }
  return [...properties, { name: 'presence', type: module.type(channel.presence, ''), docs }]
}

function optional(name: string, type: Layout): Property {
  return { name, type: [type, ' | undefined'], isOptional: true }
}

/** `export function name(…): result {`, with a line for each parameter where one line is too short. */
export function functionHead(name: string, result: Layout, parameters: readonly Layout[]): string {
  const list = { open: '(', close: ')', between: ',', trailing: ',', items: parameters }
  return `${render([`export function ${name}`, list, `: ${flatten(result)} {`])}\n`
}
