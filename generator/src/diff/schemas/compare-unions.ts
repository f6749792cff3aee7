import type { JsonSchema } from '../../ir.js'
import { canonicalJson, withoutDocs } from '../../lower/canonical.js'
import { textOf } from './compare-conditions.js'
import { typesOf, valuesOf } from './compare-types.js'
import { expand } from './expand.js'
import { isUnconstrained, type Union, unionOf } from './parts-of-schema.js'
import {
  type Definitions,
  listOf,
  mapOf,
  type ObjectSchema,
  own,
  type SchemaRule,
  show,
  type Versions,
} from './schema-rule.js'

/** UNION_MEMBER_*: the variants of `anyOf` and `oneOf`. Members are the same when they look most alike. */
export const compareUnions: SchemaRule = function* ({ before, after, versions }) {
  const [old, now] = [unionOf(before), unionOf(after)]
  if (old === undefined && now === undefined) return
  if (old === undefined || now === undefined) {
    const isNew = old === undefined
    const what = isNew ? 'A value must be one of several variants now.' : 'There are no variants any more.'
    yield { kind: isNew ? 'CONDITION_ADDED' : 'CONDITION_REMOVED', steps: [], what }
    return
  }
  const overlaps = [mayOverlap(old, versions.before), mayOverlap(now, versions.after)] as const
  if (overlaps[0] !== overlaps[1] || (overlaps[1] && !isSame(old, now, versions))) {
    const what = 'oneOf refuses what fits two variants, and they may overlap.'
    yield { kind: 'CONDITION_CHANGED', steps: [now.keyword], what }
  }
  const { pairs, added, removed } = matchMembers(old.members, now.members)
  for (const [from, to] of pairs) {
    const steps = [now.keyword, String(to)]
    yield { before: old.members[from] ?? true, after: now.members[to] ?? true, steps }
  }
  for (const index of added) {
    const what = `There is a new variant: ${describe(now.members[index])}.`
    yield { kind: 'UNION_MEMBER_ADDED', steps: [now.keyword, String(index)], what }
  }
  for (const index of removed) {
    const what = `A variant is gone: ${describe(old.members[index])}.`
    yield { kind: 'UNION_MEMBER_REMOVED', steps: [now.keyword], what }
  }
}

interface Match {
  readonly pairs: readonly (readonly [from: number, to: number])[]
  readonly added: readonly number[]
  readonly removed: readonly number[]
}

/** From the surest sign that two members are the same to the weakest; each finds what the ones before left. */
const signs: readonly ((member: JsonSchema) => string | undefined)[] = [
  (member) => canonicalJson(withoutDocs(member)),
  (member) => (typeof member === 'object' && typeof member.$ref === 'string' ? member.$ref : undefined),
  (member) => (typeof member === 'object' ? discriminatorOf(member) : undefined),
  (member) => (typeof member === 'object' && !('$ref' in member) ? typesOf(member).join() : undefined),
]

function matchMembers(old: readonly JsonSchema[], now: readonly JsonSchema[]): Match {
  const pairs: [number, number][] = []
  const left = { old: new Set(old.keys()), now: new Set(now.keys()) }
  for (const sign of signs) {
    for (const from of [...left.old]) {
      const wanted = sign(old[from] ?? true)
      const to = [...left.now].find((index) => wanted !== undefined && sign(now[index] ?? true) === wanted)
      if (to === undefined || isTold(old[from], now[to])) continue
      pairs.push([from, to])
      left.old.delete(from)
      left.now.delete(to)
    }
  }
  return { pairs, added: [...left.now], removed: [...left.old] }
}

function isSame(old: Union, now: Union, { before, after }: Versions): boolean {
  const textsOf = ({ members }: Union, definitions: Definitions) =>
    members.map((member) => textOf(member, definitions)).sort()
  return textsOf(old, before).join() === textsOf(now, after).join()
}

/** Whether a value may fit two variants, where it must fit one exactly. */
function mayOverlap({ keyword, members }: Union, definitions: Definitions): boolean {
  if (keyword === 'anyOf') return false
  const bodies = members.map((member) => (typeof member === 'object' ? expand(member, definitions) : member))
  return bodies.some((one, index) => bodies.slice(index + 1).some((other) => !isDistinct(one, other)))
}

function isDistinct(one: JsonSchema, other: JsonSchema): boolean {
  if (one === false || other === false) return true
  if (typeof one !== 'object' || typeof other !== 'object') return false
  if (areDisjoint(one, other)) return true
  const types = typesOf(other)
  const shared = typesOf(one).filter((type) => types.includes(type))
  return shared.length === 0 || (shared.every((type) => type === 'object') && areToldApart(one, other))
}

/** Whether both list their values, and have none in common. */
function areDisjoint(one: JsonSchema | undefined, other: JsonSchema | undefined): boolean {
  if (typeof one !== 'object' || typeof other !== 'object') return false
  const [values, others] = [valuesOf(one), valuesOf(other)]
  if (values === undefined || others === undefined) return false
  const texts = new Set(others.map(canonicalJson))
  return !values.some((value) => texts.has(canonicalJson(value)))
}

/** Whether a property that both require has other values in each. */
function areToldApart(one: ObjectSchema, other: ObjectSchema): boolean {
  const [properties, others] = [mapOf(one, 'properties'), mapOf(other, 'properties')]
  const isRequired = (name: string) =>
    [one, other].every((schema) => listOf<string>(schema, 'required').includes(name))
  return Object.keys(properties).some(
    (name) => isRequired(name) && areDisjoint(own(properties, name), own(others, name)),
  )
}

/** Whether both members are told apart by properties of constant value, and are not the same. */
function isTold(old: JsonSchema | undefined, now: JsonSchema | undefined): boolean {
  if (typeof old !== 'object' || typeof now !== 'object') return false
  const [from, to] = [discriminatorOf(old), discriminatorOf(now)]
  return from !== undefined && to !== undefined && from !== to
}

/** The properties of constant value, which tell variants apart. */
export function discriminatorOf(member: ObjectSchema): string | undefined {
  const properties = mapOf(member, 'properties')
  const constants = Object.keys(properties)
    .sort()
    .flatMap((name) => {
      const schema = own(properties, name)
      return typeof schema === 'object' && 'const' in schema ? [[name, schema.const]] : []
    })
  return constants.length === 0 ? undefined : JSON.stringify(constants)
}

function describe(member: JsonSchema | undefined): string {
  if (typeof member !== 'object' || isUnconstrained(member)) return 'anything'
  if (typeof member.$ref === 'string') return member.$ref.replace('#/$defs/', '')
  if ('const' in member) return show(member.const)
  return discriminatorOf(member) ?? typesOf(member).join(' or ')
}
