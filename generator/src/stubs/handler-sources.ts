import { dirname, resolve } from 'node:path'
import { Project, type SourceFile } from 'ts-morph'
import { isFile, readSource } from './read-source.js'

/** The user's files as syntax trees. Knows nothing of handlers, and changes nothing. */
export class HandlerSources {
  readonly #project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    skipFileDependencyResolution: true,
  })
  readonly #sources = new Map<string, SourceFile | undefined>()

  /** The file's tree; undefined when there is no such file, or it is no text. */
  get(file: string): SourceFile | undefined {
    if (!this.#sources.has(file)) this.#sources.set(file, this.#parse(file, readSource(file)))
    return this.#sources.get(file)
  }

  /** The files that were looked at. */
  files(): readonly string[] {
    return [...this.#sources.keys()]
  }

  /** The same for a text that the file does not have yet. */
  parse(file: string, text: string): SourceFile | undefined {
    const source = this.#parse(file, text)
    this.#sources.set(file, source)
    return source
  }

  /** The place of the first mistake in a file's syntax; undefined when there is none. */
  mistake(source: SourceFile): number | undefined {
    return this.#project.getProgram().getSyntacticDiagnostics(source)[0]?.getStart()
  }

  /** The file that a relative import leads to. */
  follow(from: SourceFile, specifier: string): SourceFile | undefined {
    if (!specifier.startsWith('.')) return undefined
    const path = resolve(dirname(from.getFilePath()), specifier)
    const plain = path.replace(/\.([cm]?)js$/, '.$1ts')
    const file = [plain, `${plain}.ts`, `${plain}/index.ts`].find((one) => isFile(one))
    return file === undefined ? undefined : this.get(file)
  }

  #parse(file: string, text: string | undefined): SourceFile | undefined {
    return text === undefined ? undefined : this.#project.createSourceFile(file, text, { overwrite: true })
  }
}
