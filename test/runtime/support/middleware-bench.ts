import type { ServerOptions, UpgradeMiddleware } from '@wirepact/runtime'
import { aNumber, anything, type BenchHandlers, startBench } from './bench.js'

const receives = {
  say: { kind: 'event', data: anything },
  other: { kind: 'event', data: anything },
  double: { kind: 'request', input: aNumber, output: aNumber, errors: { TOO_LARGE: anything } },
  count: { kind: 'stream', input: aNumber, item: aNumber, errors: {} },
} as const

/** A server whose handlers and middleware write down what happens, in order. */
export async function startNoted(handlers: BenchHandlers = {}, options: ServerOptions = {}) {
  const seen: unknown[] = []
  const bench = await startBench(
    { receives, query: { convert: { level: 'integer' }, validator: anything } },
    {
      connect: () => void seen.push('connect'),
      say: (_ctx, data) => void seen.push(data),
      other: (_ctx, data) => void seen.push(data),
      double: (_ctx, input: number) => {
        seen.push(input)
        return input * 2
      },
      count: (_ctx, input: number) => [input, input + 1],
      ...handlers,
    },
    options,
  )
  const note =
    (name: string): UpgradeMiddleware =>
    async (_ctx, next) => {
      seen.push(`${name} in`)
      await next()
      seen.push(`${name} out`)
    }
  return { ...bench, seen, note }
}
