import { expect, it } from 'vitest'
import { emitApi } from 'wirepact/compiler'
import { compile, removeEmitted, writeEmitted } from './compile-emitted.js'
import { toApi } from './differential/generated-checks.js'
import { makeDocument } from './differential/make-schema.js'
import { Random } from './differential/random.js'

it('what is generated of random schemas passes the strictest compiler', { timeout: 120_000 }, async () => {
  const documents = Array.from({ length: 80 }, (_, index) => makeDocument(new Random(500 + index)))
  const folder = await writeEmitted('differential-compile', await emitApi(toApi(documents)))
  expect(await compile(folder, { compiler: '7', resolution: 'nodenext' })).toBe('')
  await removeEmitted(folder)
})
