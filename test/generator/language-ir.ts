import { fileURLToPath } from 'node:url'
import { type ApiIr, compile, loadApi } from 'wirepact/compiler'

async function lower(file: string): Promise<ApiIr> {
  const compiled = await compile(await loadApi(file))
  if (compiled.ok) return compiled.api
  throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'))
}

/** What the language has beside events, requests and plain channels, from a schema in several files. */
export const languageIr = await lower(
  fileURLToPath(new URL('./fixtures/language/schema.ts', import.meta.url)),
)
