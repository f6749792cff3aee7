import type { EmitOptions } from '../generate.js'
import type { ApiIr } from '../ir.js'

/** What an emitter wrote, and what need not be written. */
export interface Emission {
  /** The text of each module, by its path in the output folder. */
  readonly files: ReadonlyMap<string, string>
  /** The paths of the modules that are as they were. */
  readonly kept: readonly string[]
  /** What each part of the output depends on, by the route's name; `''` is the API as a whole. */
  readonly hashes: Readonly<Record<string, string>>
}

/** Writes the modules of an API that changed since the call that gave `previous`, or all of them. */
export type Emitter = (api: ApiIr, previous?: Emission['hashes'], options?: EmitOptions) => Promise<Emission>

/** All that the commands know of the world around them. */
export interface World {
  /** The folder that relative paths start from. */
  readonly cwd: string
  readonly version: string
  /** The version of Node, such as `20.19.0`. */
  readonly nodeVersion: string
  /** Whether to paint what is printed. */
  readonly colour: boolean
  /** Whether the version says all about the generator's code, as it does for one that was installed. */
  readonly mayReuse: boolean
  /** The generator's code, for one that is being worked on: another text whenever the code is another. */
  build(): string
  /** Text for people who asked for it. */
  print(text: string): void
  /** Text about what went wrong. */
  complain(text: string): void
  /** What is being done right now, for somebody who watches; nothing where nobody does. */
  progress(text: string): void
  /** Milliseconds since some moment; only differences mean anything. */
  nowMs(): number
  /** Settles when the person wants a command to end that has no end of its own. */
  untilStopped(): Promise<void>
  /** Something will have to be emitted: what is slow to load may begin to load beside what else is done. */
  prepareEmitter?(): void
  /** The emitter, which is slow to load. */
  loadEmitter(): Promise<Emitter>
}

/** How a command ended: 0 fine, 1 problems found, or files out of date with --check, 2 wrong use. */
export type ExitCode = 0 | 1 | 2
