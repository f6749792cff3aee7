import type { Engine } from '@wirepact/runtime'

type Method = keyof Required<Engine>

/** Does the call, later or not at all. */
export type Around = (method: Method, call: () => unknown, args: readonly unknown[]) => unknown

/** An engine that is slow or fails: every call of a method goes through `around`. */
export function aroundEngine(engine: Engine, around: Around): Engine {
  return new Proxy(engine, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return (...args: unknown[]) => around(name as Method, () => Reflect.apply(method, target, args), args)
    },
  })
}
