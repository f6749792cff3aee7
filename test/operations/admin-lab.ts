import { readFile } from 'node:fs/promises'
import { type Admin, createAdmin } from '@wirepact/runtime/admin'
import { createAdminClient } from '@wirepact/runtime/admin-client'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { type Lab, startLab, stopLabs } from '../runtime/lab.js'

export const token = 'a-token-of-some-length'
const running: { close(): unknown }[] = []
const ajv = new Ajv2020({ strict: false })

interface OpenApiDocument {
  readonly paths: Record<string, Record<string, { responses?: Record<string, unknown> }>>
}

/** The description that every answer is held to. */
export const document = await readDocument()
ajv.addSchema(document, 'admin')

async function readDocument(): Promise<OpenApiDocument> {
  const file = new URL('../../runtime/admin.openapi.json', import.meta.url)
  return JSON.parse(await readFile(file, 'utf8')) as OpenApiDocument
}

/** Closes something when the test is over. */
export function keep<Closed extends { close(): unknown }>(one: Closed): Closed {
  running.push(one)
  return one
}

/** For `afterEach`. */
export async function stopAdmins(): Promise<void> {
  for (const one of running.splice(0)) await one.close()
  await stopLabs()
}

const toPointer = (segment: string) => encodeURIComponent(segment.replaceAll('~', '~0').replaceAll('/', '~1'))

/** Throws unless an answer is one that the document has for the path, method and status. */
async function requireDocumented(request: Request, response: Response, base: string): Promise<void> {
  const path = new URL(request.url).pathname.slice(new URL(base).pathname.length - 1)
  const template = Object.keys(document.paths).find((one) =>
    new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+').replaceAll('.', '\\.')}$`).test(path),
  )
  if (template === undefined || response.status === 405) return
  const method = request.method === 'HEAD' ? 'get' : request.method.toLowerCase()
  const at = `admin#/paths/${toPointer(template)}/${method}/responses/${response.status}`
  const documented = document.paths[template]?.[method]?.responses?.[response.status]
  expect(documented, `${method} ${template} ${response.status}`).toBeDefined()
  const [type] = (response.headers.get('content-type') ?? '').split(';')
  const text = await response.clone().text()
  if (text === '') return
  const pointer = JSON.stringify(documented).includes('"$ref":"#/components/responses/')
    ? `admin${(documented as { $ref: string }).$ref}/content/${toPointer(type ?? '')}/schema`
    : `${at}/content/${toPointer(type ?? '')}/schema`
  const validate = ajv.getSchema(pointer)
  if (validate === undefined) throw new Error(`${pointer} is not documented.`)
  expect(validate(JSON.parse(text)), `${text} ${JSON.stringify(validate.errors)}`).toBe(true)
}

export interface Started {
  readonly lab: Lab
  readonly admin: Admin
  readonly url: string
  readonly client: ReturnType<typeof createAdminClient>
  /** Any request, with the token unless it says otherwise. */
  call(path: string, init?: RequestInit): Promise<Response>
}

export async function startAdmin(replaced: Parameters<typeof startLab>[0] = {}): Promise<Started> {
  const lab = await startLab(replaced)
  return { lab, ...(await administer(lab.server)) }
}

/** Serves the admin API of a server, with every answer held to the description. */
export async function administer(server: Parameters<typeof createAdmin>[0]): Promise<Omit<Started, 'lab'>> {
  const admin = createAdmin(server, { token })
  running.push(admin)
  const { port, host } = await admin.listen()
  const url = `http://${host}:${port}/`
  const checked = async (request: Request) => {
    const response = await fetch(request)
    await requireDocumented(request, response, url)
    return response
  }
  const client = createAdminClient({ baseUrl: url, token, fetch: checked })
  const call = (path: string, init: RequestInit = {}) =>
    checked(
      new Request(`${url}${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, ...init.headers },
      }),
    )
  return { admin, url, client, call }
}

export const json = (value: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: typeof value === 'string' ? value : JSON.stringify(value),
})
