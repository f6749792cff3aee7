import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { extname, join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Scripts and styles come from this server alone, nothing is evaluated, nothing is written as HTML. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  // The browser asks each time whether its copy is still the newest.
  'cache-control': 'no-cache',
}

interface PageFile {
  readonly body: Buffer
  readonly type: string
  readonly etag: string
}

/** Reads the built page once; a request can only name what was read, so no path leads out of the folder. */
export async function servePage(folder: string): Promise<RequestListener> {
  const files = await readFiles(folder)
  return (request, response) => {
    const pathname = (request.url ?? '/').split('?', 1)[0] ?? '/'
    const file = files.get(pathname === '/' ? '/index.html' : pathname)
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { ...headers, allow: 'GET, HEAD' }).end()
    } else if (file === undefined) {
      response.writeHead(404, { ...headers, 'content-type': 'text/plain' }).end('There is nothing here.\n')
    } else if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304, { ...headers, etag: file.etag }).end()
    } else {
      const { body, type, etag } = file
      response.writeHead(200, { ...headers, etag, 'content-type': type, 'content-length': body.length })
      response.end(request.method === 'HEAD' ? undefined : body)
    }
  }
}

async function readFiles(folder: string): Promise<ReadonlyMap<string, PageFile>> {
  const names = (await readdir(folder)).filter((name) => Object.hasOwn(types, extname(name)))
  const entries = names.map(async (name): Promise<[string, PageFile]> => {
    const body = await readFile(join(folder, name))
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
    return [`/${name}`, { body, type: types[extname(name)] ?? 'application/octet-stream', etag }]
  })
  return new Map(await Promise.all(entries))
}
