import { join } from 'node:path'
import type { RouteIr } from '../ir.js'
import { handlersType } from './create-stub.js'
import { lifecycle } from './handler.js'
import { HandlerSources } from './handler-sources.js'

/** The messages that routes had when their code was generated the last time, or before that and are still handled. */
export class PastMessages {
  readonly #output: string
  readonly #retired: readonly string[]
  readonly #sources = new HandlerSources()

  /** `retired`: names that earlier runs found to be obsolete, as `route.message`. */
  constructor(output: string, retired: readonly string[]) {
    this.#output = output
    this.#retired = retired
  }

  /** The names; undefined where nothing is known of the route's past. */
  of(route: RouteIr): ReadonlySet<string> | undefined {
    const source = this.#sources.get(join(this.#output, route.name, 'server.ts'))
    const handlers = source?.getInterface(handlersType(route))
    if (handlers === undefined) return undefined
    const names = [...handlers.getMethods(), ...handlers.getProperties()].map((member) => member.getName())
    const retired = this.#retired.filter((name) => name.startsWith(`${route.name}.`))
    const earlier = retired.map((name) => name.slice(route.name.length + 1))
    return new Set([...names.filter((name) => !lifecycle.includes(name)), ...earlier])
  }
}
