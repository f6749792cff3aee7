import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ApiIr } from '../ir.js'
import { stubFileName } from './stub-file-name.js'

export interface StubPlace {
  /** The folder of the handlers. */
  readonly folder: string
  /** The folder of the generated code. */
  readonly output: string
}

/**
 * Writes the handlers of every route that has none yet, and answers with the paths of the new files. A file that
 * is there is the user's, and is never touched.
 */
export async function writeStubs(api: ApiIr, { folder, output }: StubPlace): Promise<readonly string[]> {
  const missing = api.routes.filter((route) => !existsSync(join(folder, stubFileName(route))))
  if (missing.length === 0) return []
  const { createStub } = await import('./create-stub.js')
  mkdirSync(folder, { recursive: true })
  return missing.map((route) => {
    const file = join(folder, stubFileName(route))
    writeFileSync(file, createStub(route, { folder, output }), { flag: 'wx' })
    return file
  })
}
