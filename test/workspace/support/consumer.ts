import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { waitForOutput } from '../../e2e/wait-for-output.js'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const rooms = ['protocol', 'schema', 'runtime', 'clients', 'generator']
const execute = promisify(execFile)

/** Empty projects outside of the repository that install the packages as they would be published. */
export class Consumers {
  readonly #folder: string
  readonly #tarballs: ReadonlyMap<string, string>

  constructor(folder: string, tarballs: ReadonlyMap<string, string>) {
    this.#folder = folder
    this.#tarballs = tarballs
  }

  /** Packs every package. */
  static async create(): Promise<Consumers> {
    const folder = await mkdtemp(join(tmpdir(), 'wirepact pack '))
    const flags = ['--json', '--ignore-scripts', '--pack-destination', folder]
    const { stdout } = await execute('npm', ['pack', ...flags, ...rooms.flatMap((room) => ['-w', room])], {
      cwd: root,
    })
    const packed = Object.values(JSON.parse(stdout) as Record<string, { name: string; filename: string }>)
    return new Consumers(folder, new Map(packed.map(({ name, filename }) => [name, join(folder, filename)])))
  }

  /** A project with these of our packages, and with others by name and version. */
  async install(name: string, ours: readonly string[], others: readonly string[] = []): Promise<Project> {
    const folder = join(this.#folder, name)
    await mkdir(folder)
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name, private: true, type: 'module' }))
    const tarballs = ours.map((our) => this.#tarballs.get(our) ?? our)
    const flags = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']
    await execute('npm', ['install', ...flags, ...tarballs, ...others], { cwd: folder })
    return new Project(folder)
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }
}

/** One such project. */
export class Project {
  readonly folder: string
  readonly #children: ChildProcess[] = []

  constructor(folder: string) {
    this.folder = folder
  }

  has(module: string): boolean {
    return existsSync(join(this.folder, 'node_modules', module))
  }

  /** Every package that is installed, at any depth. */
  async packages(): Promise<readonly string[]> {
    const files = await readdir(join(this.folder, 'node_modules'), { recursive: true })
    const manifest = /(?:^|node_modules\/)((?:@[^/]+\/)?[^/@]+)\/package\.json$/
    return files.flatMap((file) => manifest.exec(file.replaceAll('\\', '/'))?.[1] ?? [])
  }

  write(file: string, text: string): Promise<void> {
    return writeFile(join(this.folder, file), text)
  }

  /** Runs a file with Node to its end; rejects with what it printed when it fails. */
  async node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    try {
      const { stdout } = await execute(process.execPath, args, {
        cwd: this.folder,
        env: { ...process.env, ...env },
      })
      return stdout
    } catch (error) {
      const { stdout, stderr } = error as { stdout?: string; stderr?: string }
      throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`)
    }
  }

  /** Runs one of the project's own commands, as `npx` does. */
  async npx(...args: readonly string[]): Promise<string> {
    const { stdout } = await execute('npx', ['--no-install', ...args], { cwd: this.folder })
    return stdout
  }

  /** Starts a server; resolves with the port that it names with `ready on`. */
  async serve(args: readonly string[]): Promise<number> {
    const env = { ...process.env, PORT: '0' }
    const child = spawn(process.execPath, args, {
      cwd: this.folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#children.push(child)
    const [, port] = await waitForOutput(child.stdout, /ready on (\d+)/)
    return Number(port)
  }

  async stop(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
  }
}
