/** How a simulation went. */
export interface Outcome {
  readonly seed: number
  readonly wrong: readonly string[]
  readonly story: readonly string[]
}

/** A piece of built code, and what breaks it. */
export interface Variant {
  readonly name: string
  readonly what: string
  readonly file: string
  readonly find: string
  readonly replace: string
}

type WorldClass = new (seed: number) => { run(): Promise<Outcome> }

export function readVariants(): readonly Variant[]
export function loadWorld(variant?: Variant): Promise<WorldClass>
export function findFailure(
  World: WorldClass,
  range: { first: number; count: number; progress?: (done: number) => void },
): Promise<Outcome | undefined>
