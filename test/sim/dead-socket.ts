import type { VirtualTime } from './virtual-time.js'

/** What a client gets while there is no server: a socket that is refused. */
export class DeadSocket {
  readyState = 0
  bufferedAmount = 0
  binaryType = 'arraybuffer'
  onopen: ((event: never) => unknown) | null = null
  onmessage: ((event: never) => unknown) | null = null
  onerror: ((event: never) => unknown) | null = null
  onclose: ((event: never) => unknown) | null = null

  constructor(time: VirtualTime) {
    time.after(5, () => this.close())
  }

  send(): void {
    throw new Error('A socket that was refused cannot send.')
  }

  close(): void {
    if (this.readyState === 3) return
    this.readyState = 3
    queueMicrotask(() => this.onclose?.({ code: 1006, reason: '' } as never))
  }
}
