import type { EmitApi } from '../generate.js'

/** All that the commands know of the world around them. */
export interface World {
  /** The folder that relative paths start from. */
  readonly cwd: string
  readonly version: string
  /** Whether to paint what is printed. */
  readonly colour: boolean
  /** Whether the files of an earlier run of this version can be trusted to be what this run would write. */
  readonly mayReuse: boolean
  /** Text for people who asked for it. */
  print(text: string): void
  /** Text about what went wrong. */
  complain(text: string): void
  /** Milliseconds since some moment; only differences mean anything. */
  nowMs(): number
  /** The emitter, which is slow to load. */
  loadEmitter(): Promise<EmitApi>
}

/** How a command ended: 0 fine, 1 problems found, or files out of date with --check, 2 wrong use. */
export type ExitCode = 0 | 1 | 2
