import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'

interface Entry {
  readonly resolved?: string
  readonly link?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')
const { packages } = JSON.parse(text) as { packages: Readonly<Record<string, Entry>> }

describe('the lock file', () => {
  it('names no address, so that everybody installs from the registry of their own', () => {
    expect(text).not.toMatch(/https?:\/\/[^"]*\.tgz/)
    expect(Object.values(packages).filter(({ resolved, link }) => resolved !== undefined && !link)).toEqual(
      [],
    )
  })

  it('has the programs of every platform, without which a clean install is refused', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => !isLocked(path, name)),
    )
    expect(missing).toEqual([])
  })
})

function isLocked(path: string, name: string): boolean {
  return `${path}/node_modules/${name}` in packages || `node_modules/${name}` in packages
}
