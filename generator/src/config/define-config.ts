/** What `wirepact.config.ts` exports. Paths are relative to that file. */
export interface Config {
  /** The schema file. Default `./schema.ts`. */
  readonly schema?: string
  /** The folder that the generator owns and writes into. Default `./generated`. */
  readonly output?: string
  /**
   * The folder of the handlers, or the one file with all of them. A file for each route that has no handlers yet is
   * written there once, and is then yours: handlers for new messages are added to it, and nothing else is touched.
   * Default false: no handlers are written.
   */
  readonly handlers?: string | false
  /** Whether to write hooks for React, `react.ts`, which imports `@wirepact/client/react`. Default false. */
  readonly react?: boolean
}

/**
 * The configuration of `wirepact generate`.
 *
 * ```ts
 * export default defineConfig({ schema: './schema.ts', output: './generated', handlers: './handlers' })
 * ```
 */
export function defineConfig(config: Config): Config {
  return config
}
