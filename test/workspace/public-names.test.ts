import { expect, test } from 'vitest'
import { readEntries, readExports, readTested } from './support/public-names.js'

const exported = readExports(readEntries())

test('every entry of every package says what it exports', () => {
  expect(exported.size).toBe(18)
  for (const [module, names] of exported) expect(names, module).not.toEqual([])
})

test('every name that a package exports is imported by a test, as a value or as a type', async () => {
  const tested = await readTested()
  const untested = [...exported].flatMap(([module, names]) =>
    names.map((name) => `${module} ${name}`).filter((name) => !tested.has(name)),
  )
  expect(untested).toEqual([])
})
