import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type ClientFrame, decodeClientFrame, encodeFrame, type ServerFrame } from '@wirepact/protocol'
import { type WebSocket, WebSocketServer } from 'ws'
import { welcome } from './scene.js'

/** What the script answers to a frame of the client. */
export type Script = (frame: ClientFrame, peer: Peer) => readonly ServerFrame[]

/** One client as the scripted server sees it. */
export interface Peer {
  readonly socket: WebSocket
  readonly sent: ClientFrame[]
  deliver(...frames: readonly ServerFrame[]): void
}

/** A server on a real socket that says what a test tells it to say; it welcomes every hello. */
export class ScriptedServer {
  readonly peers: Peer[] = []
  readonly port: number
  readonly #server: WebSocketServer

  /** Of a server that listens; {@link start} makes one. */
  constructor(server: WebSocketServer, script: Script) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    server.on('connection', (socket) => this.#serve(socket, script))
  }

  /** Listens on `port`, or on any that is free. */
  static async start(script: Script = () => [], port = 0): Promise<ScriptedServer> {
    const handleProtocols = (offered: Set<string>) => [...offered][0] ?? false
    const server = new WebSocketServer({ host: '127.0.0.1', port, handleProtocols })
    await once(server, 'listening')
    return new ScriptedServer(server, script)
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}`
  }

  /** How many sockets are open. */
  get open(): number {
    return [...this.#server.clients].filter(({ readyState, OPEN }) => readyState === OPEN).length
  }

  /** Is gone at once, as a killed process: no goodbye to anybody. */
  async kill(): Promise<void> {
    for (const socket of this.#server.clients) socket.terminate()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #serve(socket: WebSocket, script: Script): void {
    const deliver = (...frames: readonly ServerFrame[]) => {
      for (const frame of frames) socket.send(encodeFrame(frame))
    }
    const peer: Peer = { socket, sent: [], deliver }
    this.peers.push(peer)
    socket.on('message', (data) => {
      const frame = decodeClientFrame(String(data), { maxDepth: 64 })
      peer.sent.push(frame)
      if (frame[0] === 'hello') deliver(['welcome', welcome])
      deliver(...script(frame, peer))
    })
  }
}
