import { mkdir } from 'node:fs/promises'
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sqliteEngine } from '@wirepact/runtime/sqlite'
import { createServer } from './generated/server.js'
import { Chat } from './handlers/chat.js'
import { servePage } from './page-files.js'

export interface ChatServerOptions {
  /** 0 takes a free one. */
  readonly port: number
  /** Where the history is kept; its folder is made. */
  readonly databaseFile: string
}

export interface ChatServer {
  readonly port: number
  /** Says goodbye to everybody, then lets go of the port and of the database. */
  close(): Promise<void>
}

/** Serves the page and the chat on one port. Rejects when the port is taken. */
export async function startChatServer({ port, databaseFile }: ChatServerOptions): Promise<ChatServer> {
  const page = await servePage(fileURLToPath(new URL('page/', import.meta.url)))
  const http = createHttpServer(page)
  const listening = await listen(http, port)
  await mkdir(dirname(databaseFile), { recursive: true })
  const chat = createServer({ chat: Chat }, { engine: sqliteEngine(databaseFile) })
  await chat.attach(http)
  return { port: listening, close: () => chat.close().then(() => closeHttp(http)) }
}

function listen(http: HttpServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, () => {
      const address = http.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function closeHttp(http: HttpServer): Promise<void> {
  return new Promise((resolve, reject) => {
    http.close((error) => (error === undefined ? resolve() : reject(error)))
    http.closeAllConnections()
  })
}
