import type { RequestListener, ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'

/** Answers `GET` with everything that the registry has. Nothing of a failure is told but that there was one. */
export function createScrape(registry: Registry): RequestListener {
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') {
      registry.metrics().then(
        (text) => answer(response, { type: registry.contentType, text }),
        () => response.writeHead(500).end(),
      )
    } else response.writeHead(405, { allow: 'GET, HEAD' }).end()
  }
}

function answer(response: ServerResponse, { type, text }: { type: string; text: string }): void {
  const headers = {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
  }
  response.writeHead(200, headers).end(response.req.method === 'HEAD' ? undefined : text)
}
