/** The API that everything is measured with: `count` message types over routes of ten, as JSON Schema. */
export function describeApi(count) {
  const messages = Array.from({ length: count }, (_, index) => describeMessage(index))
  const routes = []
  for (let start = 0; start < count; start += 10) {
    routes.push({ name: `route${routes.length}`, messages: messages.slice(start, start + 10) })
  }
  return { routes, messages }
}

/** A message as people write them: texts with limits, numbers, a union of constants, a list, an object inside. */
function describeMessage(index) {
  const name = `message${index}`
  const schema = {
    type: 'object',
    required: ['id', 'kind', 'author', 'at', 'size', 'tags'],
    properties: {
      id: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' },
      kind: {
        anyOf: ['text', 'image', `special${index}`].map((value) => ({ const: value, type: 'string' })),
      },
      author: {
        type: 'object',
        required: ['name', 'level'],
        properties: {
          name: { type: 'string', minLength: 1 },
          level: { type: 'integer' },
          mail: { type: 'string' },
        },
      },
      at: { type: 'integer', minimum: 0 },
      size: {
        type: 'object',
        required: ['width', 'height'],
        properties: { width: { type: 'number' }, height: { type: 'number' } },
      },
      tags: { type: 'array', items: { type: 'string', maxLength: 32 }, maxItems: 8 },
      note: { type: 'string', maxLength: 2000, description: `What message ${index} is about.` },
      isRead: { type: 'boolean' },
    },
  }
  return { name, schema }
}

/** The schema as the call of TypeBox's builders that makes it. */
function toTypeBox(schema) {
  if (schema.const !== undefined) return `Type.Literal(${JSON.stringify(schema.const)})`
  if (schema.anyOf !== undefined) return `Type.Union([${schema.anyOf.map(toTypeBox).join(', ')}])`
  const { type, properties, required = [], items, ...options } = schema
  const given = Object.keys(options).length === 0 ? '' : JSON.stringify(options)
  if (type === 'array') return `Type.Array(${[toTypeBox(items), given].filter(Boolean).join(', ')})`
  if (type !== 'object') return `Type.${type[0].toUpperCase()}${type.slice(1)}(${given})`
  const members = Object.entries(properties).map(([name, inner]) => {
    const text = toTypeBox(inner)
    return `${name}: ${required.includes(name) ? text : `Type.Optional(${text})`}`
  })
  return `Type.Object({ ${members.join(', ')} })`
}

/** The API as the schema file that a user would write. */
export function toSchemaFile({ routes, messages }) {
  const constants = messages.map(({ name, schema }) => `const ${name} = ${toTypeBox(schema)}`)
  const parts = routes.map(({ name, messages: own }) => {
    const events = own.map((message) => `${message.name}: event({ data: ${message.name} })`)
    return `    ${name}: route({ path: '/${name}', clientToServer: { ${events.join(', ')} } }),`
  })
  return [
    `import { defineApi, event, route, Type } from '@wirepact/schema'`,
    ...constants,
    'export default defineApi({',
    `  title: 'Measured',\n  version: '1.0.0',\n  routes: {\n${parts.join('\n')}\n  },`,
    '})\n',
  ].join('\n')
}

/** The same schemas as one OpenAPI document. */
export function toOpenApi({ messages }) {
  const schemas = Object.fromEntries(messages.map(({ name, schema }) => [capitalize(name), schema]))
  const info = { title: 'Measured', version: '1.0.0' }
  return JSON.stringify({ openapi: '3.1.0', info, paths: {}, components: { schemas } })
}

/** The same handlers, typed by inference from the schemas. */
export function toInferredHandlers({ routes, messages }) {
  const constants = messages.map(({ name, schema }) => {
    return `export const ${name} = ${toTypeBox(schema)}\nexport type ${capitalize(name)} = Static<typeof ${name}>`
  })
  const parts = routes.map(({ name, messages: own }) => {
    const methods = own.map((message) => `  ${message.name}(data: ${capitalize(message.name)}): void`)
    return `export interface ${capitalize(name)}Handlers {\n${methods.join('\n')}\n}`
  })
  return [`import { type Static, Type } from 'typebox'`, ...constants, ...parts, ''].join('\n')
}

/** What a user writes against either: a handler set for every route that reads what it is given. */
export function toUse({ routes }, importOf) {
  const imports = routes.map(({ name }) => {
    return `import type { ${capitalize(name)}Handlers } from '${importOf(name)}'`
  })
  const sets = routes.map(({ name, messages }) => {
    const methods = messages.map(
      (message) => `  ${message.name}: (${parameters(importOf)}) => void use(data),`,
    )
    return `export const ${name}: ${capitalize(name)}Handlers = {\n${methods.join('\n')}\n}`
  })
  const use = [
    'function use({ author, kind, tags, note }: {',
    '  author: { name: string; mail?: string }; kind: string; tags: string[]; note?: string',
    '}): string {',
    "  return [author.name, author.mail ?? '', kind, note ?? '', ...tags].join()",
    '}',
  ]
  return [...imports, ...use, ...sets, ''].join('\n')
}

function parameters(importOf) {
  return importOf.hasContext ? '_ctx, data' : 'data'
}

function capitalize(name) {
  return name[0].toUpperCase() + name.slice(1)
}
