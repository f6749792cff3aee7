import { WirepactError } from '@wirepact/protocol'
import type { AdminAnswer, AdminCall } from './call.js'
import * as channels from './channels.js'
import * as connections from './connections.js'
import { documentText } from './generated/document.js'

export type Operation = (call: AdminCall) => AdminAnswer | Promise<AdminAnswer>

type Methods = Readonly<Record<string, Operation>>

const document: unknown = JSON.parse(documentText)

/** By the segments of the path; `*` stands for one of any content. */
const table: readonly (readonly [path: string, parameter: string, methods: Methods])[] = [
  ['health', '', { GET: getHealth }],
  ['counters', '', { GET: ({ core }) => ({ status: 200, body: core.counters }) }],
  ['openapi.json', '', { GET: () => ({ status: 200, body: document }) }],
  ['connections', '', { GET: connections.listConnections }],
  ['connections/*', 'id', { GET: connections.getConnection }],
  ['connections/*/disconnect', 'id', { POST: connections.disconnect }],
  ['channels', '', { GET: channels.listChannels }],
  ['channels/*', 'name', { GET: channels.getChannel }],
  ['channels/*/members', 'name', { GET: channels.listMembers }],
  ['channels/*/history', 'name', { GET: channels.getHistory, DELETE: channels.clearHistory }],
  ['channels/*/publications', 'name', { POST: channels.publish }],
]

/** What a request asks for. */
export interface Found {
  readonly operation: Operation
  readonly params: Readonly<Record<string, string>>
}

/** Throws `ROUTE_NOT_FOUND`, `INVALID_PATH`, or `METHOD_NOT_ALLOWED` with the methods that are, as `data`. */
export function findOperation(path: string, method: string): Found {
  const segments = path.split('/').slice(1)
  for (const [template, parameter, methods] of table) {
    const value = match(template.split('/'), segments)
    if (value === undefined) continue
    const operation = methods[method === 'HEAD' ? 'GET' : method]
    if (operation === undefined || !Object.hasOwn(methods, method === 'HEAD' ? 'GET' : method))
      throw notAllowed(methods)
    return { operation, params: parameter === '' ? {} : { [parameter]: decode(value) } }
  }
  throw new WirepactError('ROUTE_NOT_FOUND', 'The admin API has nothing at this path.')
}

/** What stands for `*`, or nothing where there is none; undefined for another path. */
function match(template: readonly string[], segments: readonly string[]): string | undefined {
  if (template.length !== segments.length) return undefined
  let value = ''
  for (const [index, part] of template.entries()) {
    const segment = segments[index] as string
    if (part === '*') value = segment
    else if (part !== segment) return undefined
  }
  return value
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new WirepactError('INVALID_PATH', 'The path is not percent-encoded properly.')
  }
}

function notAllowed(methods: Methods): WirepactError {
  const names = Object.keys(methods)
  const allow = [...names, ...(names.includes('GET') ? ['HEAD'] : [])].join(', ')
  return new WirepactError('METHOD_NOT_ALLOWED', 'This cannot be done here.', { data: { allow } })
}

async function getHealth({ readHealth }: AdminCall): Promise<AdminAnswer> {
  const body = await readHealth()
  return { status: body.isReady ? 200 : 503, body }
}
