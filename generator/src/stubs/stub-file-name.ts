import type { RouteIr } from '../ir.js'

/** The name of the file with a route's handlers. */
export function stubFileName(route: RouteIr): string {
  return `${route.name}.ts`
}
