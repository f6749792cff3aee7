import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { toWirepactError, WirepactError } from '@wirepact/protocol'
import { coreOf } from '../core/core-of.js'
import type { Health } from '../health/health.js'
import { type AdminAccess, createGuard, type Guard } from './access.js'
import type { AdminAnswer, AdminParts } from './call.js'
import { findOperation } from './operations.js'
import { isTold, respond, respondProblem } from './respond.js'

export type { AdminAccess }

export type AdminOptions = AdminAccess & {
  /** What paths begin with, such as `/admin`. Default nothing. */
  readonly prefix?: string
  /** The largest body that is read. Default 1 MiB. */
  readonly maxBodyBytes?: number
}

export interface AdminListenOptions {
  /** Default 0: any free port. */
  readonly port?: number
  /** Default `127.0.0.1`: only this machine. */
  readonly host?: string
}

export interface Admin {
  /** For an HTTP server that somebody else made, or to mount in any framework. */
  readonly listener: RequestListener
  /** Listens on a port of its own, once. */
  listen(options?: AdminListenOptions): Promise<{ readonly port: number; readonly host: string }>
  /** Stops listening. The server goes on. */
  close(): Promise<void>
}

/** What the admin API asks of a server that `createServer` has made. */
export interface AdministeredServer {
  health(): Promise<Health>
}

const defaultMaxBodyBytes = 1024 * 1024

/** A slow request is not waited for. */
const requestTimeoutMs = 30_000

/**
 * An HTTP API to see and steer one server by: `runtime/admin.openapi.json` is its description. Nobody gets in without
 * credentials: throws a `TypeError` without a token of at least 16 characters or a `verify` function.
 */
export function createAdmin(server: AdministeredServer, options: AdminOptions): Admin {
  const { prefix = '', maxBodyBytes = defaultMaxBodyBytes } = options
  const guard = createGuard(options)
  const parts = { core: coreOf(server), readHealth: () => server.health(), maxBodyBytes }
  return new RunningAdmin(createListener(parts, guard, prefix))
}

function createListener(parts: AdminParts, guard: Guard, prefix: string): RequestListener {
  return (request, response) => {
    answer(parts, { request, guard, prefix }).then(
      (given) => respond(response, given),
      (thrown: unknown) => {
        const error = toWirepactError(thrown)
        if (!isTold(error))
          parts.core.environment.logger.error({ error: thrown }, 'A call of the admin API failed.')
        respondProblem(response, error)
      },
    )
  }
}

interface Asked {
  readonly request: IncomingMessage
  readonly guard: Guard
  readonly prefix: string
}

/** Nothing is told, not even what there is, to whoever may not ask. */
async function answer(parts: AdminParts, { request, guard, prefix }: Asked): Promise<AdminAnswer> {
  await guard(request)
  const [path = '', ...search] = (request.url ?? '/').split('?')
  if (!path.startsWith(`${prefix}/`))
    throw new WirepactError('ROUTE_NOT_FOUND', 'The admin API is not at this path.')
  const { operation, params } = findOperation(path.slice(prefix.length), request.method ?? 'GET')
  const query = new URLSearchParams(search.join('?'))
  return operation({ ...parts, request, params, query })
}

class RunningAdmin implements Admin {
  readonly listener: RequestListener
  #http: Server | undefined

  constructor(listener: RequestListener) {
    this.listener = listener
  }

  async listen({
    port = 0,
    host = '127.0.0.1',
  }: AdminListenOptions = {}): Promise<{ port: number; host: string }> {
    if (this.#http !== undefined) throw new TypeError('The admin API listens already.')
    const http = createHttpServer({ requestTimeout: requestTimeoutMs }, this.listener)
    this.#http = http
    await new Promise<void>((resolve, reject) => {
      http.once('error', (error) => {
        this.#http = undefined
        reject(error)
      })
      http.listen({ port, host }, resolve)
    })
    const { port: listening, address } = http.address() as AddressInfo
    return { port: listening, host: address }
  }

  async close(): Promise<void> {
    const http = this.#http
    if (http === undefined) return
    await new Promise<void>((resolve) => {
      http.close(() => resolve())
      http.closeAllConnections()
    })
  }
}
