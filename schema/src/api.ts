import { withCallSite } from './call-site.js'
import type { DocsOptions } from './docs.js'
import type { Routes } from './router.js'

export interface ApiOptions extends DocsOptions {
  /** What the API is called. */
  readonly title: string
  /** The version of the API, such as `1.0.0`. Wirepact gives it no meaning. */
  readonly version: string
  /** The kinds of connections, and routers of them: by the name that code uses for them, or as a list. */
  readonly routes: Routes
}

/** What {@link defineApi} builds. */
export interface ApiDefinition extends ApiOptions {
  readonly kind: 'api'
}

/**
 * A whole API: the default export of a schema file, which `wirepact generate` compiles.
 *
 * ```ts
 * export default defineApi({ title: 'Chat', version: '1.0.0', routes: { chat } })
 * ```
 *
 * Nothing is checked here: the generator reports every problem at once, each with its place in the file.
 */
export function defineApi(options: ApiOptions): ApiDefinition {
  return withCallSite({ ...options, kind: 'api' }, defineApi)
}
