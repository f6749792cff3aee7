import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anything, type Bench, type BenchContext, startBench, stopBenches } from '../runtime/support/bench.js'
import { RawClient } from '../support/raw-client.js'
import { jsonCases } from './json-cases.js'

const limits = { maxInvalid: 1_000_000, maxDepth: 64 }
const route = {
  receives: {
    echo: { kind: 'request', input: anything, output: anything, errors: {} },
    publish: { kind: 'event', data: anything },
  },
  channels: { room: { name: 'room', join: 'open', messages: { said: { data: anything, history: true } } } },
} as const

let bench: Bench
let hostile: RawClient
let member: RawClient
const polluted = Object.getOwnPropertyNames(Object.prototype).length

beforeAll(async () => {
  const publish = async (ctx: BenchContext, data: unknown) =>
    void (await ctx.channels.room?.().publish('said', data))
  bench = await startBench(route, { echo: (_ctx, data) => data, publish }, { limits })
  hostile = await RawClient.open(bench.url)
  member = await RawClient.open(bench.url)
  member.send(['subscribe', 1, 'room', {}])
  await member.next('joined')
})

afterAll(stopBenches)

/** What the platform's parser makes of a text: a value, or undefined for what is no JSON. */
function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch {
    return undefined
  }
}

/** How deep a value is nested, and whether it has a key that could reach a prototype. */
function inspect(root: unknown): { readonly depth: number; readonly isForbidden: boolean } {
  let [depth, isForbidden] = [0, false]
  const left: [value: unknown, depth: number, key: string][] = [[root, 1, '']]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [value, level, key] = next
    if (typeof value !== 'object' || value === null) continue
    depth = Math.max(depth, level)
    for (const [name, inner] of Object.entries(value)) {
      isForbidden ||= name === '__proto__' || (key === 'constructor' && name === 'prototype')
      left.push([inner, level + 1, name])
    }
  }
  return { depth, isForbidden }
}

/** The codes that a text may be refused with; none where it has to be taken. */
function toCodes(text: string): readonly string[] {
  const parsed = parse(text)
  if (parsed === undefined) return ['INVALID_JSON']
  const { depth, isForbidden } = inspect(parsed.value)
  return [...(depth > limits.maxDepth ? ['TOO_DEEP'] : []), ...(isForbidden ? ['FORBIDDEN_KEY'] : [])]
}

async function requireService(what: string): Promise<void> {
  await bench.server.routes.bench?.channels.room?.().publish('said', what)
  expect(await member.next('publication')).toMatchObject({ 1: 'room', 3: what })
  expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(polluted)
  expect(({} as Record<string, unknown>).polluted).toBeUndefined()
}

let id = 10

/** The next frame that comes back. */
async function answerTo(text: string): Promise<readonly unknown[]> {
  const came = new Promise((resolve) => hostile.socket.once('message', resolve))
  hostile.sendText(text)
  await came
  return hostile.frames.at(-1) ?? []
}

describe('a text as a frame gets the verdict of the platform, and everybody else is served', () => {
  test.each(jsonCases)('%s', async (name, text) => {
    const codes = toCodes(text)
    const [type, , error] = await answerTo(text)
    expect(type).toBe('error')
    expect(codes.length === 0 ? ['INVALID_FRAME'] : codes).toContain((error as { code: string }).code)
    await requireService(name)
  })
})

describe('a text as a payload comes back as the platform reads it, or is refused', () => {
  test.each(jsonCases)('%s', async (name, text) => {
    const message = `["request",${++id},"echo",${text}]`
    const codes = toCodes(message)
    const [type, , result] = await answerTo(message)
    expect(type).toBe(codes.length === 0 ? 'reply' : 'error')
    if (type === 'error') expect(codes).toContain((result as { code: string }).code)
    else expect(result).toEqual(readPayload(message))
    await requireService(name)
  })
})

/** The payload of a request, as JSON has it when it was read and written again. */
function readPayload(message: string): unknown {
  const [, , , value] = JSON.parse(message) as [unknown, unknown, unknown, unknown]
  return JSON.parse(JSON.stringify(value ?? null)) as unknown
}
