import type { IncomingHttpHeaders } from 'node:http'
import WebSocket from 'ws'

/** How an upgrade was refused. */
export interface Refused {
  readonly status: number | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: { readonly code: string; readonly detail: string; readonly status: number }
}

/** Tries to open a WebSocket, and answers how it was refused. Rejects when it was not. */
export function refused(
  url: string,
  options: WebSocket.ClientOptions & { protocols?: string[] } = {},
): Promise<Refused> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, options.protocols ?? [], options)
    socket.on('open', () => {
      socket.terminate()
      reject(new Error('was accepted'))
    })
    socket.on('error', () => undefined)
    socket.on('unexpected-response', (_request, response) => {
      let text = ''
      response.on('data', (chunk) => (text += chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          body: JSON.parse(text) as Refused['body'],
        }),
      )
    })
  })
}
