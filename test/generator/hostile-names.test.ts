import { join } from 'node:path'
import {
  type ApiDefinition,
  channel,
  defineApi,
  event,
  type RouteOptions,
  request,
  route,
  router,
  Type,
} from '@wirepact/schema'
import { expect, test } from 'vitest'
import { type Compiled, compile } from 'wirepact/compiler'
import { hostile } from './hostile-input.js'

/** What becomes of an API that no file was written for. */
function lower(api: ApiDefinition): Promise<Compiled> {
  const value = {
    ...{ api: { ...api }, file: '/schema.ts', exports: {}, inputs: [], duplicateKeys: [] },
    trace: () => undefined,
  }
  return compile({ ok: true, value })
}

const api = (routes: ApiDefinition['routes']) => defineApi({ title: 'T', version: '1', routes })
const chat = (options: Partial<RouteOptions>) => api({ chat: route({ path: '/chat', ...options }) })
const entry = <Value>(name: string, value: Value) => Object.fromEntries([[name, value]])
const text = Type.String()

/** Where a name can stand, and the schema that has it there. */
const places: Readonly<Record<string, (name: string) => ApiDefinition>> = {
  route: (name) => api(entry(name, route({ path: '/x' }))),
  listed: (name) => api([route({ name, path: '/x' })]),
  router: (name) => api(entry(name, router({ routes: { chat: route({ path: '/x' }) } }))),
  message: (name) => chat({ clientToServer: entry(name, event({ data: text })) }),
  channel: (name) => chat({ channels: entry(name, channel({ name: 'c', messages: {} })) }),
  published: (name) => chat({ channels: { c: channel({ name: 'c', messages: entry(name, text) }) } }),
  error: (name) => chat({ clientToServer: { ask: request({ errors: entry(name, text) }) } }),
  property: (name) => chat({ clientToServer: { say: event({ data: Type.Object(entry(name, text)) }) } }),
  query: (name) => chat({ query: Type.Object(entry(name, text)) }),
  header: (name) => chat({ headers: Type.Object(entry(name, text)) }),
  cookie: (name) => chat({ cookies: Type.Object(entry(name, text)) }),
  path: (name) => chat({ path: `/${name}` }),
  param: (name) => chat({ path: `/{${name}}`, params: Type.Object(entry(name, text)) }),
  topic: (name) => chat({ channels: { c: channel({ name, messages: {} }) } }),
  id: (name) => chat({ clientToServer: { say: event({ data: Type.Object({}, { $id: name }) }) } }),
  scope: (name) => chat({ auth: [name] }),
  subprotocol: (name) => chat({ subprotocols: [name] }),
}

async function outcomeOf(definition: ApiDefinition): Promise<string> {
  const compiled = await lower(definition)
  if (compiled.ok) return 'taken'
  return [...new Set(compiled.diagnostics.map(({ code }) => code))].sort().join(' ')
}

test('every hostile name is taken or refused with a code, as it is written down', async () => {
  const rows = await Promise.all(
    hostile.map(async (name) => {
      const outcomes = await Promise.all(
        Object.entries(places).map(async ([place, build]) => [place, await outcomeOf(build(name))] as const),
      )
      const refused = outcomes.filter(([, outcome]) => outcome !== 'taken')
      return `${JSON.stringify(name)}\n${refused.map(([place, codes]) => `  ${place}: ${codes}\n`).join('')}`
    }),
  )
  const header = 'Where each hostile name is refused; everywhere else it is taken as it is.\n\n'
  await expect(header + rows.join('')).toMatchFileSnapshot(
    join(import.meta.dirname, 'golden/hostile-names.txt'),
  )
})

test('what names modules, types and members is an identifier whenever it is taken', async () => {
  const identifier = /^[A-Za-z_$][\w$]*$/
  for (const name of hostile) {
    for (const place of ['route', 'listed', 'router', 'message', 'channel', 'published', 'error', 'id']) {
      const compiled = await lower(places[place]?.(name) as ApiDefinition)
      if (!compiled.ok) continue
      const { routes, schemas } = compiled.api
      const [first] = routes
      const messages = [
        ...(first?.clientToServer ?? []),
        ...(first?.channels.flatMap((one) => one.messages) ?? []),
      ]
      const names = [
        ...schemas.map((schema) => schema.name),
        ...[
          first?.name,
          first?.typeName,
          ...(first?.channels ?? []).flatMap((one) => [one.key, one.typeName]),
        ],
        ...messages.flatMap((message) => [message.name, message.typeName]),
      ]
      for (const one of names) expect(one, `${place} ${JSON.stringify(name)}`).toMatch(identifier)
    }
  }
})

test('texts for people, constants and examples come through as they are', async () => {
  for (const word of hostile) {
    const schema = Type.Object(
      { kind: Type.Literal(word), word: Type.Enum([word, 'other'], { examples: [word] }) },
      { title: word, description: word, $comment: word, 'x-more': word },
    )
    const examples = [{ kind: word, word }]
    const compiled = await lower(
      defineApi({
        title: word === '' ? 'T' : word,
        version: '1',
        routes: { chat: route({ path: '/', clientToServer: { say: event({ data: schema, examples }) } }) },
      }),
    )
    expect(compiled, JSON.stringify(word)).toMatchObject({
      ok: true,
      api: { title: word === '' ? 'T' : word },
    })
    if (!compiled.ok) continue
    expect(compiled.api.routes[0]?.clientToServer[0]?.examples).toEqual(examples)
    expect(compiled.api.schemas[0]?.schema).toMatchObject({
      title: word,
      description: word,
      properties: { kind: { const: word }, word: { enum: [word, 'other'], examples: [word] } },
    })
    expect(JSON.parse(JSON.stringify(compiled.api))).toEqual(compiled.api)
  }
})

test('a property that a literal loses to the prototype is found, and one that is kept, too', async () => {
  const lost = Type.Object({ __proto__: text, a: text } as never)
  const kept = { type: 'object', properties: JSON.parse('{ "__proto__": { "type": "string" } }') as object }
  for (const data of [lost, kept]) {
    const outcome = await outcomeOf(chat({ clientToServer: { say: event({ data: data as never }) } }))
    expect(outcome).toBe('FORBIDDEN_PROPERTY')
  }
})
