import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Node } from 'ts-morph'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import type { ApiIr, RouteIr } from '../ir.js'
import { type FoundSet, isAsMeant } from './check-edits.js'
import { constantName, createStub, handlersType, stubFileName } from './create-stub.js'
import { findExported, findHandlers } from './find-handlers.js'
import { type HandlersPlace, isOneFile, listHandlerFiles } from './handler-files.js'
import type { HandlerSet } from './handler-set.js'
import { HandlerSources } from './handler-sources.js'
import { findObsoleteRoutes } from './obsolete-routes.js'
import { PastMessages } from './past-messages.js'
import { NameResolver } from './resolve-name.js'
import { type SetChanges, syncSet } from './sync-set.js'
import { applyEdits, type TextEdit } from './text-edit.js'

/** A file of the user's that is to be written. */
export interface HandlerChange {
  readonly file: string
  /** Its text now; undefined when there is no such file. */
  readonly before: string | undefined
  readonly after: string
  /** The handlers that are added. */
  readonly added: readonly string[]
}

/** What has to be done so that every message has a handler. */
export interface HandlersPlan {
  readonly changes: readonly HandlerChange[]
  /** What a person has to look at; none of it stops anything. */
  readonly notices: readonly Diagnostic[]
  /** The files that this depends on, absolute. */
  readonly files: readonly string[]
  /** The handlers of messages that there are not any more, as `route.message`. */
  readonly retired: readonly string[]
}

/** Compares the handlers that are there with what the API needs. Writes nothing. */
export function planHandlers(api: ApiIr, place: HandlersPlace): HandlersPlan {
  return new Planner(place).plan(api)
}

interface Pending {
  readonly edits: TextEdit[]
  readonly added: string[]
  readonly sets: FoundSet[]
}

class Planner {
  readonly #place: HandlersPlace
  readonly #files: readonly string[]
  readonly #sources = new HandlerSources()
  readonly #resolver = new NameResolver(this.#sources)
  readonly #pending = new Map<string, Pending>()
  readonly #found = new Map<Node, FoundSet>()
  readonly #created: HandlerChange[] = []
  readonly #notices: Diagnostic[] = []
  readonly #past: PastMessages
  readonly #retired = new Set<string>()

  constructor(place: HandlersPlace) {
    this.#place = place
    this.#past = new PastMessages(place.output, place.retired ?? [])
    this.#files = listHandlerFiles(place)
  }

  plan(api: ApiIr): HandlersPlan {
    for (const route of api.routes) this.#locate(route)
    for (const found of this.#found.values()) this.#compare(found)
    this.#notices.push(...findObsoleteRoutes(this.#files, api, this.#place))
    const edited = [...this.#pending].flatMap(([file, pending]) => this.#edit(file, pending))
    return {
      changes: [...mergeCreated(this.#created), ...edited],
      notices: unique(this.#notices),
      files: [...new Set([...this.#files, ...this.#sources.files()])].sort(),
      retired: [...this.#retired].sort(),
    }
  }

  #locate(route: RouteIr): void {
    const own = this.#ownFile(route)
    const broken = this.#unreadable(own)
    if (broken !== undefined) return void this.#notices.push(broken)
    const sets = this.#find(route, own)
    if (sets.length === 0) return this.#missing(route, own)
    for (const set of sets) {
      const first = this.#found.get(set.node)
      this.#found.set(
        set.node,
        first === undefined ? { set, route } : { set: first.set, route: joinRoutes(first.route, route) },
      )
    }
  }

  #compare({ set, route }: FoundSet): void {
    const unreadable = this.#unreadable(set.node.getSourceFile().getFilePath())
    if (unreadable !== undefined) return void this.#notices.push(unreadable)
    const past = set.kind === 'class' ? this.#past.of(route) : undefined
    const changes = syncSet(set, route, { resolve: this.#resolver.resolve, past })
    this.#notices.push(...changes.notices)
    for (const name of changes.retired) this.#retired.add(`${route.name}.${name}`)
    if (changes.edits.length > 0) this.#remember(set, route, changes)
  }

  /** The file that the generator would have written. */
  #ownFile(route: RouteIr): string {
    return isOneFile(this.#place) ? this.#place.handlers : join(this.#place.handlers, stubFileName(route))
  }

  #find(route: RouteIr, own: string): readonly HandlerSet[] {
    const words = [handlersType(route), 'createServer', 'Handlers']
    for (const file of [own, ...this.#files.filter((one) => one !== own)]) {
      const source = this.#sources.get(file)
      if (source === undefined || !words.some((word) => source.getFullText().includes(word))) continue
      const sets = findHandlers(source, route, this.#resolver)
      if (sets.length > 0) return sets
    }
    const source = this.#sources.get(own)
    return source === undefined ? [] : findExported(source, route, this.#resolver)
  }

  #missing(route: RouteIr, own: string): void {
    if (existsSync(own)) return void this.#notices.push(notFound(route, own))
    const after = createStub(route, { folder: dirname(own), output: this.#place.output })
    this.#created.push({ file: own, before: undefined, after, added: [route.name] })
  }

  #unreadable(file: string): Diagnostic | undefined {
    if (!existsSync(file)) return undefined
    const source = this.#sources.get(file)
    const start = source === undefined ? 0 : this.#sources.mistake(source)
    if (start === undefined) return undefined
    const place = source?.getLineAndColumnAtPos(start) ?? { line: 1, column: 1 }
    const what = source === undefined ? 'is not UTF-8 text' : 'has a mistake in its syntax'
    const message = `The file ${what}, so its handlers were not compared with the schema.`
    return { code: 'UNREADABLE_HANDLERS', message, path: '', site: { file, ...place } }
  }

  #remember(set: HandlerSet, route: RouteIr, { edits, added }: SetChanges): void {
    const file = set.node.getSourceFile().getFilePath()
    const pending = this.#pending.get(file) ?? { edits: [], added: [], sets: [] }
    pending.edits.push(...edits)
    pending.added.push(...added)
    pending.sets.push({ set, route })
    this.#pending.set(file, pending)
  }

  /** The file with its edits, unless that would be no valid file, or would not do what it should. */
  #edit(file: string, { edits, added, sets }: Pending): readonly HandlerChange[] {
    const before = this.#sources.get(file)?.getFullText() ?? ''
    const after = applyEdits(before, edits)
    if (isAsMeant(after, sets, edits)) return [{ file, before, after, added }]
    this.#notices.push(notInserted(file, added))
    return []
  }
}

/** What is wrong with a file is found once for each route that could be in it. */
function unique(notices: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(notices.map((notice) => [JSON.stringify(notice), notice])).values()]
}

/** One set of handlers may serve several routes: it needs what any of them needs. */
function joinRoutes(first: RouteIr, second: RouteIr): RouteIr {
  const names = new Set(first.clientToServer.map(({ name }) => name))
  const keys = new Set(first.channels.map(({ key }) => key))
  return {
    ...first,
    clientToServer: [
      ...first.clientToServer,
      ...second.clientToServer.filter(({ name }) => !names.has(name)),
    ],
    channels: [...first.channels, ...second.channels.filter(({ key }) => !keys.has(key))],
  }
}

/** One file may hold the first handlers of several routes. */
function mergeCreated(created: readonly HandlerChange[]): readonly HandlerChange[] {
  const files = new Map<string, HandlerChange>()
  for (const change of created) {
    const first = files.get(change.file)
    const after = first === undefined ? change.after : joinModules(first.after, change.after)
    files.set(change.file, { ...change, after, added: [...(first?.added ?? []), ...change.added] })
  }
  return [...files.values()]
}

/** Two modules as one: the imports of the second go behind those of the first. */
function joinModules(first: string, second: string): string {
  const [line = '', ...rest] = second.split('\n')
  const end = first.indexOf('\n\n')
  return `${first.slice(0, end)}\n${line}${first.slice(end)}${rest.join('\n')}`
}

function notFound(route: RouteIr, file: string): Diagnostic {
  const type = handlersType(route)
  const example = `export const ${constantName(route)}: ${type} = { ... }`
  const message = `No handlers of the route \`${route.name}\` were found. Say which they are by their type: \`${example}\`, or a class that implements ${type}.`
  return { code: 'HANDLERS_NOT_FOUND', message, path: '', site: { file, line: 1, column: 1 } }
}

function notInserted(file: string, added: readonly string[]): Diagnostic {
  const message = `Handlers for ${added.join(', ')} could not be added without risk, so nothing was. Add them by hand.`
  return { code: 'HANDLERS_NOT_ADDED', message, path: '', site: { file, line: 1, column: 1 } }
}
