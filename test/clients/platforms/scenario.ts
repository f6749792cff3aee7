import type { ClientOptions } from '@wirepact/client'
import { createClient as createChats } from '../../../examples/chat/generated/client.js'
import { createClient as createLabs } from './api/generated/client.js'
import { callSteps } from './call-steps.js'
import { channelSteps } from './channel-steps.js'
import { connectionSteps } from './connection-steps.js'
import type { Scene, Step } from './step.js'

export interface StepResult {
  readonly name: string
  /** Why it failed, with the stack; absent where it passed. */
  readonly failure?: string
  /** Why it was not run. */
  readonly skipped?: string
}

export interface ScenarioOptions extends Pick<Scene, 'addresses' | 'sendsHeaders'> {
  /** Passed to the client, as a user would: `ws` where that is to be used. */
  readonly WebSocket?: ClientOptions['WebSocket']
}

const reconnect = { minDelayMs: 20, maxDelayMs: 100 }
/** Everything that is to come out the same, wherever it runs. */
export const steps: readonly Step[] = [...connectionSteps, ...callSteps, ...channelSteps]
const names = steps.map(({ name }) => name)

/** Runs every step, one after the other, wherever this program runs. */
export async function runScenario(options: ScenarioOptions): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const step of steps) results.push(await runStep(step, options))
  return results
}

export async function runStep(step: Step, options: ScenarioOptions): Promise<StepResult> {
  const { name } = step
  if (step.needsHeaders && !options.sendsHeaders) return { name, skipped: 'its WebSocket sends no headers' }
  const made: { close(): void }[] = []
  const keep = <T extends { close(): void }>(client: T): T => {
    made.push(client)
    return client
  }
  const given: ClientOptions = { reconnect, ...(options.WebSocket && { WebSocket: options.WebSocket }) }
  const { addresses, sendsHeaders } = options
  const scene: Scene = {
    addresses,
    options: given,
    sendsHeaders,
    network: keep(createLabs(addresses.network, given)).network(),
    lab: `step-${'abcdefghijklmnopqrstuvwxyz'[names.indexOf(name)]}`,
    labs: (more = {}, url = addresses.labs) => keep(createLabs(url, { ...given, ...more })),
    chats: () => keep(createChats(addresses.chat, given)),
  }
  try {
    await within(step.run(scene), 15_000)
    return { name }
  } catch (thrown) {
    return { name, failure: thrown instanceof Error ? (thrown.stack ?? String(thrown)) : String(thrown) }
  } finally {
    for (const client of made) client.close()
  }
}

function within(done: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It was not done after ${ms} ms.`)), ms)
    done.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
