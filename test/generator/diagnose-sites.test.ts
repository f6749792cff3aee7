import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compile, formatDiagnostics, loadApi } from 'wirepact/compiler'
import { createFolder, diagnoseSource, problemsOf, readText, routeSource } from './load-source.js'

/** What `wirepact generate` would print about a folder's schema. */
async function printed(folder: string): Promise<string> {
  const compiled = await compile(await loadApi(join(folder, 'schema.ts')))
  if (compiled.ok) return ''
  return formatDiagnostics(compiled.diagnostics, { cwd: folder, read: (file) => readText('', file) })
}

test('all problems of a schema in several files are printed at once, in the order of the source', async () => {
  const folder = createFolder({
    'schema.ts': `import { channel, defineApi, event, request, route, Type } from '@wirepact/schema'
import { Line as Shared } from './parts/line.js'
import parts from './parts/parts.js'

export default defineApi({
  title: 'Chat',
  version: '1.0.0',
  routes: {
    chat: route({
      path: '/chat/{roomID}',
      params: Type.Object({ roomId: Type.String() }),
      clientToServer: {
        say: event({ data: Type.Array(Shared) }),
        tell: event({ data: Type.Array(Shared) }),
        say: event(),
        ...parts,
      },
    }),
  },
})
`,
    'parts/line.ts': `import { Type } from '@wirepact/schema'

export const Line = Type.Object({
\tfrom: Type.String({ format: 'user-id' }),
\teven: Type.Refine(Type.Integer(), (value) => value % 2 === 0),
}, { $id: 'Line' })
`,
    'parts/parts.ts': `import { event, Type } from '@wirepact/schema'

const parts = { rename: event({ data: Type.Ref('Linne') }) }
export default parts
`,
  })
  expect(await printed(folder)).toMatchSnapshot()
})

test('a schema in two places is wrong in one', async () => {
  const source = routeSource(
    `path: '/', clientToServer: { a: event({ data: Line }), b: event({ data: Type.Optional(Line) }) }`,
    `const Line = Type.Object({ mail: Type.String({ format: 'emial' }) })`,
  )
  expect(await problemsOf(source)).toHaveLength(1)
})

test('parts that are built by functions and spread together are still found', async () => {
  const source = routeSource(
    `...base, clientToServer: { ...events('x'), ask: request({ input: Type.Ref('No') }) }`,
    `const base = { path: 'oops' }
const events = (name: string) => ({ [name]: event({ data: Type.String({ format: 'nope' }) }) })`,
  )
  expect(await problemsOf(source)).toEqual([
    `'oops' } | INVALID_PATH The path "oops" does not start with a slash. [/oops]`,
    `'nope' }) }) | UNKNOWN_FORMAT No validator knows the format "nope"; a pattern can say what is meant.`,
    `'No') }) } | UNKNOWN_REF There is no schema "No".`,
  ])
})

test('a diagnostic names the place in the API', async () => {
  const [diagnostic] = await diagnoseSource(
    routeSource(`path: '/', clientToServer: { say: event({ data: Type.BigInt() }) }`),
  )
  expect(diagnostic).toMatchObject({ code: 'NO_JSON_FORM', path: 'routes.chat.clientToServer.say.data' })
})

test('a long line is cut so that the caret stays in sight', () => {
  const source = `const a = '${'x'.repeat(400)}', b = bad`
  const column = source.indexOf('bad') + 1
  const diagnostic = { code: 'X', message: 'm', path: '', site: { file: '/a/b.ts', line: 1, column } }
  const text = formatDiagnostics([diagnostic], { cwd: '/a', read: () => source })
  const [, shown, caret] = text.split('\n') as [string, string, string]
  expect(shown.slice(caret.indexOf('^'))).toBe('bad')
})

test('a problem without a place, and a file that cannot be read, have no code frame', () => {
  const site = { file: '/a/b.ts', line: 9, column: 1 }
  const diagnostics = [
    { code: 'X', message: 'First.', path: '' },
    { code: 'Y', message: 'Second.', path: 'routes', site },
  ]
  expect(formatDiagnostics(diagnostics, { cwd: '/a', read: () => undefined })).toBe(
    'X First.\n\nb.ts:9:1 Y Second.\n  at routes\n\n2 problems found. Nothing was written.\n',
  )
})
