import type { Validator } from '@wirepact/protocol'
import {
  type ApiServer,
  createApiServer,
  type Logger,
  type RequestDetails,
  type RouteDefinition,
  type ServerOptions,
} from '@wirepact/runtime'

/** A validator of one's own: what fits, and a problem that says nothing of why. */
export function fits(check: (value: unknown) => boolean): Validator {
  return { check, explain: () => [{ path: '', keyword: 'type', message: 'does not fit' }] }
}

export const anything = fits(() => true)
export const aNumber = fits((value) => typeof value === 'number')
export const aString = fits((value) => typeof value === 'string')
export const bytes: Validator = { ...fits((value) => value instanceof Uint8Array), content: 'binary' }

/** An object whose members fit these validators; others may be there. */
export function anObject(members: Readonly<Record<string, Validator>>): Validator {
  return fits(
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.entries(members).every(([name, { check }]) => check((value as Record<string, unknown>)[name])),
  )
}

/** What the tests use of a context; a hand-written definition has no generated types. */
export interface BenchContext {
  readonly id: string
  readonly session: string
  readonly isConnected: boolean
  readonly status: string
  readonly app: object
  messages(options?: object): AsyncIterableIterator<{ readonly name: string; readonly data: unknown }>
  readonly user: string | undefined
  readonly state: Record<string, unknown>
  readonly signal: AbortSignal
  readonly request: RequestDetails
  readonly params: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, unknown>>
  readonly cookies: Readonly<Record<string, unknown>>
  readonly subprotocol: string | undefined
  readonly errors: Readonly<Record<string, (data: unknown) => Error>>
  readonly client: Readonly<Record<string, Send>>
  readonly channels: Readonly<Record<string, (params?: object) => BenchChannel>>
  to(target: object): Readonly<Record<string, (data?: unknown, options?: object) => Promise<unknown>>>
  grant(grant: { user?: string; scopes?: readonly string[]; expiresAt?: number }): void
  close(code?: number, reason?: string): void
}

interface Send {
  (data?: unknown, options?: object): Promise<unknown> & AsyncIterableIterator<unknown>
  safe?(data?: unknown, options?: object): Promise<unknown>
}

export interface BenchChannel {
  publish(name: string, data: unknown): Promise<unknown>
  join(options?: object): Promise<boolean>
  members(): Promise<readonly { readonly connection: string; readonly data: unknown }[]>
  history(): Promise<{ readonly publications: readonly { readonly data: unknown }[] }>
}

type Handler = (ctx: BenchContext, data: never) => unknown
export type BenchHandlers = Readonly<Record<string, Handler | Readonly<Record<string, Handler>>>>
/** A class, of which every connection has an instance. */
export type BenchClass = new () => object

/** What a test says about its only route. */
export type BenchRoute = Partial<Omit<RouteDefinition, 'name'>>

type BenchRoutes = Readonly<
  Record<
    string,
    {
      readonly channels: Readonly<Record<string, (params?: object) => BenchChannel>>
      readonly to: BenchContext['to']
    }
  >
>

export interface Bench {
  readonly server: ApiServer<BenchRoutes>
  readonly url: string
  readonly logged: { readonly level: keyof Logger; readonly details: object; readonly message: string }[]
}

const running: Bench[] = []

/** Starts a server of one hand-written route, at `/bench` unless it says otherwise. */
export async function startBench(
  route: BenchRoute,
  handlers: BenchHandlers | BenchClass,
  options: ServerOptions = {},
): Promise<Bench> {
  const logged: Bench['logged'] = []
  const log = (level: keyof Logger) => (details: object, message: string) => {
    logged.push({ level, details, message })
  }
  const logger: Logger = { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') }
  const definition: RouteDefinition = {
    name: 'bench',
    path: '/bench',
    receives: {},
    sends: {},
    channels: {},
    ...route,
  }
  const api = { title: 'Bench', version: '1', contract: '0', routes: [definition] }
  const server = createApiServer<BenchRoutes>(api, { bench: handlers }, { logger, ...options })
  const { port } = await server.listen({ host: '127.0.0.1' })
  const bench = { server, url: `ws://127.0.0.1:${port}${definition.path}`, logged }
  running.push(bench)
  return bench
}

/** Stops every server that was started; for `afterEach`. */
export async function stopBenches(): Promise<void> {
  await Promise.all(running.splice(0).map(({ server }) => server.close({ timeoutMs: 200 })))
}
