interface Stoppable {
  close(options?: { readonly timeoutMs: number }): unknown
}

const started: Stoppable[] = []

/** Notes what has to be stopped after the test. */
export function noted<T extends Stoppable>(one: T): T {
  started.push(one)
  return one
}

interface Listening extends Stoppable {
  listen(options: { host: string; port: number }): Promise<{ port: number }>
}

/** Starts a server, on a free port unless one is named, and says where it is. */
export async function serve(server: Listening, wanted = 0): Promise<string> {
  const { port } = await noted(server).listen({ host: '127.0.0.1', port: wanted })
  return `ws://127.0.0.1:${port}`
}

/** Clients first, servers after them; for `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const one of started.splice(0).reverse()) await one.close({ timeoutMs: 200 })
}

/** A logger that keeps what it is told. */
export function keepLog() {
  const logged: { readonly level: string; readonly details: object; readonly message: string }[] = []
  const at = (level: string) => (details: object, message: string) => {
    logged.push({ level, details, message })
  }
  return { logged, logger: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') } }
}
