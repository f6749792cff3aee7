import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { describe } from 'vitest'

declare module 'vitest' {
  interface TaskMeta {
    /** Why a test was left out, for the list at the end of a run. */
    skipReason?: string
  }
}

const places = [process.env.CHROMIUM_PATH ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome']
const executablePath = places.find((file) => existsSync(file))

/** A suite that needs Chromium; where there is none it is skipped, and says so. */
export function describeInBrowser(name: string, suite: () => void): void {
  const skip = executablePath === undefined
  const meta = skip ? { skipReason: 'there is no Chromium' } : {}
  describe(name, { skip, meta, timeout: 60_000 }, suite)
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
}
