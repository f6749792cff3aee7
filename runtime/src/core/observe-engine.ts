import type { Engine } from '../engine/engine.js'
import { observe } from './observe.js'
import type { Observer } from './observer.js'

type Asked = (...values: readonly unknown[]) => unknown

/** An engine every call of which is observed by its name; the engine itself when nobody wants to know. */
export function observeEngine(engine: Engine, observer: Observer | undefined): Engine {
  const asking = observer?.asking
  if (asking === undefined) return engine
  const observed = new Map<PropertyKey, unknown>()
  return new Proxy(engine, {
    get(target, key) {
      const method: unknown = Reflect.get(target, key, target)
      if (typeof method !== 'function' || typeof key !== 'string') return method
      if (!observed.has(key)) {
        const ask: Asked = (...values) => observe(asking(key), () => Reflect.apply(method, target, values))
        observed.set(key, ask)
      }
      return observed.get(key)
    },
  })
}
