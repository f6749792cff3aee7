import type { ExitCode, World } from './world.js'

export interface CommandOption {
  readonly type: 'string' | 'boolean'
  /** What stands for the value in the help. */
  readonly value?: string
  readonly help: string
}

/** The arguments of a command, checked against its options. */
export interface CommandArguments {
  readonly positionals: readonly string[]
  readonly values: Readonly<Record<string, string | boolean | undefined>>
}

/** One word after `wirepact`. */
export interface Command {
  readonly name: string
  readonly summary: string
  /** What stands after the name in the first line of the help. */
  readonly usage: string
  readonly maxPositionals: number
  readonly options: Readonly<Record<string, CommandOption>>
  readonly examples: readonly (readonly [line: string, what: string])[]
  /** What the exit codes mean, from 0 on. */
  readonly exits: readonly string[]
  run(args: CommandArguments, world: World): Promise<ExitCode>
}

/** The value of an option that takes one; undefined when it was not given. */
export function textOf({ values }: CommandArguments, option: string): string | undefined {
  const value = values[option]
  return typeof value === 'string' ? value : undefined
}
