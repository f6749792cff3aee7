import { type ApiIr, type Emitter, main, type World } from 'wirepact/compiler'

/** What a command said, and how it ended. */
export interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
  /** How often the emitter was loaded. */
  readonly emitted: number
}

/** An emitter of a test's own: the text of each file by its path. */
export function emitting(
  files: (api: ApiIr) => Readonly<Record<string, string>>,
): Pick<World, 'loadEmitter'> {
  const emit: Emitter = (api) =>
    Promise.resolve({ files: new Map(Object.entries(files(api))), kept: [], hashes: {} })
  return { loadEmitter: () => Promise.resolve(emit) }
}

/** An emitter with one file for each route, named and filled by the path of the route. */
const emitPaths = emitting((api) =>
  Object.fromEntries(api.routes.map((route) => [`${route.name}/types.ts`, `// ${route.path}\n`])),
)

/** Runs a command in a folder, with an emitter of the test's own. */
export async function run(cwd: string, args: readonly string[], more: Partial<World> = {}): Promise<Outcome> {
  const said = { out: '', err: '', emitted: 0 }
  const world: World = {
    cwd,
    version: '1.2.3',
    nodeVersion: '20.19.0',
    colour: false,
    mayReuse: true,
    build: () => 'one',
    print: (text) => {
      said.out += text
    },
    complain: (text) => {
      said.err += text
    },
    progress: () => undefined,
    nowMs: () => 0,
    untilStopped: () => Promise.resolve(),
    ...emitPaths,
    ...more,
  }
  const loadEmitter = () => {
    said.emitted++
    return world.loadEmitter()
  }
  return { code: await main(args, { ...world, loadEmitter }), ...said }
}
