import { rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run } from './cli-world.js'
import { createFolder, readText, routeSource } from './load-source.js'

const schema = routeSource(`path: '/'`)

const noFolder = ['file', 'file/below', 'nowhere', 'nowhere/below'] as const

test.each(noFolder)('an output folder that cannot be one is refused in every mode: %s', async (output) => {
  const folder = createFolder({ 'schema.ts': schema, file: 'mine' })
  symlinkSync(join(folder, 'gone'), join(folder, 'nowhere'))
  const [blocker = ''] = output.split('/')
  const what = blocker === 'file' ? 'not a folder' : 'a link that leads nowhere'
  for (const mode of [[], ['--check'], ['--dry-run']]) {
    const outcome = await run(folder, ['generate', '--output', output, ...mode])
    expect(outcome).toMatchObject({ code: 1, out: '' })
    expect(outcome.err).toContain('OUTPUT_NOT_A_FOLDER')
    expect(outcome.err).toContain(`${join(folder, blocker)} is ${what}.`)
  }
  expect(readText(folder, 'file')).toBe('mine')
})

test('a last run does not hide that the output folder became a file', async () => {
  const folder = createFolder({ 'schema.ts': schema, 'node_modules/.keep': '' })
  await run(folder, ['generate'])
  rmSync(join(folder, 'generated'), { recursive: true })
  writeFileSync(join(folder, 'generated'), 'mine')
  expect(await run(folder, ['generate'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('OUTPUT_NOT_A_FOLDER'),
  })
})

test.skipIf(process.platform !== 'linux')('a folder that the system will not make is refused', async () => {
  const folder = createFolder({ 'schema.ts': schema })
  for (const output of ['/proc/wirepact', '/proc/wirepact/below']) {
    expect(await run(folder, ['generate', '--output', output])).toMatchObject({
      code: 1,
      err: expect.stringContaining('OUTPUT_NOT_WRITABLE'),
    })
  }
  const asks = [
    ['export', 'asyncapi', '--output', '/proc/wirepact/a.json'],
    ['init', '/proc/wirepact'],
  ]
  for (const args of asks) await expect(run(folder, args)).rejects.toThrow('ENOENT')
})
