import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createFolder, routeSource } from './load-source.js'

const bin = join(import.meta.dirname, '../../node_modules/wirepact/bin/wirepact.js')

test('a schema file that leaves a timer and a server running does not keep the command alive', async () => {
  const before = `import { createServer } from 'node:net'
setInterval(() => {}, 1000)
createServer().listen(0, '127.0.0.1')`
  const folder = createFolder({
    'schema.ts': routeSource(`path: '/'`, before),
    'wirepact.config.ts': `export default { schema: 'schema.ts', output: 'generated' }`,
  })
  const child = spawn(process.execPath, [bin, 'generate'], { cwd: folder, stdio: 'ignore' })
  try {
    expect(await once(child, 'exit')).toEqual([0, null])
  } finally {
    child.kill('SIGKILL')
  }
})
