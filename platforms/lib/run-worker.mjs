import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { toConfig } from './workerd-config.mjs'

/** Runs the scenario within one request of a worker, and then a Durable Object that outlives its requests. */
export async function runWorker({ program, folder, addresses, date, host }) {
  const config = join(folder, `worker-${date}.capnp`)
  await writeFile(config, toConfig(date))
  const child = spawn(program, ['serve', '--control-fd=3', config], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  try {
    const base = `http://127.0.0.1:${await portOf(child)}`
    const { results } = await ask(`${base}/scenario?${encodeURIComponent(JSON.stringify(addresses))}`)
    return [...results, ...(await host.runStation({ base, addresses }))]
  } catch (error) {
    return [{ name: 'the scenario runs', failure: `${error.stack}\n${said}`.slice(0, 4_000) }]
  } finally {
    child.kill('SIGKILL')
  }
}

/** What workerd says on the descriptor that it was told: where it listens. */
async function portOf(child) {
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`workerd ended with exit code ${code}.`)
  })
  const [line] = await Promise.race([once(child.stdio[3].setEncoding('utf8'), 'data'), ended])
  ended.catch(() => undefined)
  return JSON.parse(line).port
}

async function ask(url) {
  const response = await fetch(url, { signal: AbortSignal.timeout(240_000) })
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.status}: ${text}`)
  return JSON.parse(text)
}
