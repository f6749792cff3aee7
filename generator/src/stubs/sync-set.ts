import { Node } from 'ts-morph'
import type { Diagnostic } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import type { RouteIr } from '../ir.js'
import { detectStyle } from './detect-style.js'
import { guardsOf, type Handler, lifecycle, messagesOf, unfinished } from './handler.js'
import { type HandlerSet, type Members, type ObjectSet, type Resolve, readMembers } from './handler-set.js'
import { insertIntoClass, insertIntoObject } from './insert-members.js'
import { type Container, renderGuards, renderHandler } from './render-handler.js'
import type { TextEdit } from './text-edit.js'

/** What a set of handlers lacks, and what it has that nothing calls any more. */
export interface SetChanges {
  readonly edits: readonly TextEdit[]
  /** The names that the edits add. */
  readonly added: readonly string[]
  readonly notices: readonly Diagnostic[]
  /** Members that were handlers of messages that there are not any more. */
  readonly retired: readonly string[]
}

/** What is known beside a set and its route. */
export interface Knowledge {
  readonly resolve: Resolve
  /** The messages that the route had; undefined when that is not known. */
  readonly past?: ReadonlySet<string> | undefined
}

/** Compares a route's handlers with its messages and guarded channels. */
export function syncSet(set: HandlerSet, route: RouteIr, { resolve, past }: Knowledge): SetChanges {
  const members = readMembers(set, resolve)
  const messages = syncMembers({ set, members, handlers: messagesOf(route), known: lifecycle, route, past })
  const guards = syncGuards(set, members, { route, resolve })
  return merge(messages, guards, { set, members, route, past })
}

interface Comparison {
  readonly set: HandlerSet
  readonly members: Members
  /** What is to be there. */
  readonly handlers: readonly Handler[]
  /** What may be there beside. */
  readonly known: readonly string[]
  readonly route: RouteIr
  readonly past?: ReadonlySet<string> | undefined
}

interface Found {
  /** The members to be added, by their names. */
  readonly added: ReadonlyMap<string, string>
  readonly edits: readonly TextEdit[]
  readonly notices: readonly Diagnostic[]
}

const nothing: Found = { added: new Map(), edits: [], notices: [] }

function syncMembers(comparison: Comparison): Found {
  const { set, members, handlers, route } = comparison
  const missing = handlers.filter(({ name }) => !members.own.has(name) && !members.inherited.has(name))
  const isOpen = missing.length > 0 && members.open.length > 0
  const added = isOpen ? [] : missing
  const style = detectStyle(set, members)
  const container: Container = { kind: set.kind, type: set.type, route: route.name }
  return {
    added: new Map(added.map((handler) => [handler.name, renderHandler(handler, container, style)])),
    edits: [],
    notices: [
      ...obsolete(
        comparison,
        added.map(({ name }) => name),
      ),
      ...(isOpen ? [unsure(members.open[0] as Node, missing, route)] : []),
    ],
  }
}

/** Guards live in a property of their own, which may be there already or not. */
function syncGuards(
  set: HandlerSet,
  members: Members,
  { route, resolve }: { readonly route: RouteIr; readonly resolve: Resolve },
): Found {
  const guards = guardsOf(route)
  const present = members.own.get('authorize')
  const inner = present === undefined ? undefined : guardSet(present, set, resolve)
  if (inner !== undefined) {
    const found = readMembers(inner, resolve)
    const changes = syncMembers({ set: inner, members: found, handlers: guards, known: [], route })
    const isAdded = ({ name }: Handler) => changes.added.has(name)
    const isElsewhere = inner.node.getSourceFile() !== set.node.getSourceFile()
    if (isElsewhere && changes.added.size > 0)
      return { ...nothing, notices: [unsure(inner.node, guards.filter(isAdded), route)] }
    const edits = insertIntoObject(inner.node, [...changes.added.values()], detectStyle(inner, found))
    return { ...changes, edits: changes.added.size === 0 ? [] : edits }
  }
  if (guards.length === 0 || members.inherited.has('authorize')) return nothing
  if (present !== undefined) return { ...nothing, notices: [unsure(present, guards, route)] }
  if (members.open.length > 0)
    return { ...nothing, notices: [unsure(members.open[0] as Node, guards, route)] }
  const container: Container = { kind: set.kind, type: set.type, route: route.name }
  const text = renderGuards(guards, container, detectStyle(set, members))
  return { ...nothing, added: new Map([['authorize', text]]) }
}

function guardSet(member: Node, set: HandlerSet, resolve: Resolve): ObjectSet | undefined {
  const value =
    Node.isPropertyAssignment(member) || Node.isPropertyDeclaration(member)
      ? member.getInitializer()
      : Node.isShorthandPropertyAssignment(member)
        ? member.getNameNode()
        : undefined
  const target = value === undefined ? undefined : resolve(value)
  const type = set.type === undefined ? undefined : `${set.type}['authorize']`
  return Node.isObjectLiteralExpression(target) ? { kind: 'object', node: target, type } : undefined
}

function merge(
  messages: Found,
  guards: Found,
  { set, members, route, past }: Omit<Comparison, 'handlers' | 'known'>,
): SetChanges {
  const inSet = new Map([...messages.added, ...(guards.edits.length > 0 ? [] : guards.added)])
  const texts = [...inSet.values()]
  const edits = texts.length === 0 ? [] : insertIntoSet({ set, members, route, past }, texts)
  return {
    edits: [...edits, ...guards.edits],
    added: [...messages.added.keys(), ...guards.added.keys()],
    notices: [...messages.notices, ...guards.notices],
    retired: retiredOf({ members, route, past }),
  }
}

function retiredOf({
  members,
  route,
  past,
}: Pick<Comparison, 'members' | 'route' | 'past'>): readonly string[] {
  const names = new Set(messagesOf(route).map(({ name }) => name))
  return [...(past ?? [])].filter((name) => !names.has(name) && members.own.has(name))
}

/** An object gets them at its end; a class behind its last handler, before what is private to it. */
function insertIntoSet(
  { set, members, route, past }: Omit<Comparison, 'handlers' | 'known'>,
  texts: readonly string[],
): readonly TextEdit[] {
  const style = detectStyle(set, members)
  if (set.kind === 'object') return insertIntoObject(set.node, texts, style)
  const names = new Set([...lifecycle, ...messagesOf(route).map(({ name }) => name)])
  const handlers = [...members.own].filter(([name, node]) => names.has(name) || isHandler(node, name, past))
  return insertIntoClass(set.node, texts, { style, after: handlers.at(-1)?.[1] })
}

/** Members that nothing calls any more. In a class there may be others beside: only what looks like a handler counts. */
function obsolete(comparison: Comparison, added: readonly string[]): readonly Diagnostic[] {
  const { set, members, handlers, known, past } = comparison
  const names = new Set([...handlers.map(({ name }) => name), ...known])
  const found = [...members.own].filter(
    ([name, node]) => !names.has(name) && (set.kind === 'object' || isHandler(node, name, past)),
  )
  const stubs = [...members.own].filter(
    ([name, node]) => names.has(name) && node.getText().includes(unfinished),
  )
  const candidates = [...new Set([...added, ...stubs.map(([name]) => name)])]
  const only = found.length === 1 && candidates.length === 1 ? candidates[0] : undefined
  return found.map(([name, node]) =>
    obsoleteNotice(name, node, { comparison, renamed: closest(name, candidates) ?? only }),
  )
}

function obsoleteNotice(
  name: string,
  node: Node,
  { comparison, renamed }: { readonly comparison: Comparison; readonly renamed: string | undefined },
): Diagnostic {
  const { route, known } = comparison
  const what = known.length === 0 ? 'guarded channel' : 'message'
  const asked = renamed === undefined ? '' : ` Did you rename it to ${renamed}?`
  const message = `The route \`${route.name}\` has no ${what} \`${name}\` any more: nothing calls this handler.${asked}`
  return { code: 'OBSOLETE_HANDLER', message, path: '', site: siteOf(node) }
}

/**
 * Whether a member of a class is meant for a message: it is public, the class does not call it, and the route had such
 * a message or its type says so. Where the route's past is not known, what takes a context is taken for one.
 */
function isHandler(node: Node, name: string, past: ReadonlySet<string> | undefined): boolean {
  if (name.startsWith('#') || /^(private|protected)\b/.test(node.getText())) return false
  if (new RegExp(`\\bthis\\.${name}\\b`).test(node.getParentOrThrow().getText())) return false
  const isTyped = Node.isPropertyDeclaration(node) && isTypeOf(node.getTypeNode(), name)
  return isTyped || (past === undefined ? takesContext(node) : past.has(name) && isCallable(node))
}

/** Whether a type is that of one handler, such as `ChatHandlers['say']`. */
function isTypeOf(type: Node | undefined, name: string): boolean {
  if (!Node.isIndexedAccessTypeNode(type)) return false
  const key = type.getIndexTypeNode().getText().slice(1, -1)
  return key === name && /Handlers\b/.test(type.getObjectTypeNode().getText())
}

/** A method, or a property that is a function or what something else made of one. */
function isCallable(node: Node): boolean {
  return Node.isMethodDeclaration(node) || Node.isPropertyDeclaration(node)
}

function takesContext(node: Node): boolean {
  const value = Node.isPropertyDeclaration(node) ? node.getInitializer() : node
  const isFunction =
    Node.isMethodDeclaration(value) || Node.isArrowFunction(value) || Node.isFunctionExpression(value)
  const first = isFunction ? (value.getParameters()[0]?.getText() ?? '') : ''
  return /^(\.\.\.\[)?_?(ctx|context)\b/.test(first) || /Context\b|Handlers\b/.test(first)
}

function unsure(node: Node, missing: readonly Handler[], route: RouteIr): Diagnostic {
  const names = missing.map(({ name }) => `\`${name}\``).join(', ')
  const message = `Handlers of the route \`${route.name}\` may come from here, and it cannot be seen which. Nothing was added: see that ${names} ${missing.length === 1 ? 'has a handler' : 'have handlers'}.`
  return { code: 'UNCLEAR_HANDLERS', message, path: '', site: siteOf(node) }
}

/** The place of a node, without the comments before it. */
function siteOf(node: Node): { file: string; line: number; column: number } {
  const source = node.getSourceFile()
  return { file: source.getFilePath(), ...source.getLineAndColumnAtPos(node.getStart()) }
}
