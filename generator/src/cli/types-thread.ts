import { once } from 'node:events'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { TypesPlan } from '../emit/plan.js'
import type { ModuleText } from '../emit/types-writer.js'

export interface TypesQuestion {
  readonly plan: TypesPlan
  readonly folders: readonly string[]
  /** Where the answer goes. */
  readonly port: MessagePort
}

export type TypesAnswer = { readonly files: readonly ModuleText[] } | { readonly error: unknown }

/**
 * The part of the emitter that needs the compiler, on a thread of its own: the compiler loads while the schema is
 * read, and types are written while the rest is. It ends with the process, which it does not keep alive.
 */
export class TypesThread {
  #worker: Worker | undefined
  #failed: Promise<never> | undefined

  /** Starts loading; calling it twice is calling it once. */
  start(): Worker {
    this.#worker ??= this.#start()
    return this.#worker
  }

  async write(plan: TypesPlan, folders: readonly string[]): Promise<readonly ModuleText[]> {
    const worker = this.start()
    const { port1, port2 } = new MessageChannel()
    try {
      worker.postMessage({ plan, folders, port: port2 } satisfies TypesQuestion, [port2])
      const [answer] = await (Promise.race([once(port1, 'message'), this.#failed]) as Promise<[TypesAnswer]>)
      if ('error' in answer) throw answer.error
      return answer.files
    } finally {
      port1.close()
    }
  }

  #start(): Worker {
    const worker = new Worker(new URL('../emit/types/thread.js', import.meta.url))
    worker.unref()
    this.#failed = new Promise((_, reject) => worker.once('error', reject))
    // Whoever asks for types hears of it; before that nobody has to.
    this.#failed.catch(() => undefined)
    return worker
  }
}
