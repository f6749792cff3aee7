import { readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeFolder } from './make-folder.js'

const defaults = {
  /** How long another process may write before this one gives up. */
  maxWaitMs: 30_000,
  /** How often is looked whether it is done. */
  pollMs: 20,
  /** After which time a lock of another machine, whose processes cannot be asked for, counts as left behind. */
  maxAgeMs: 60_000,
}

/** Runs `work` while no other process writes to the folder. A lock whose process died is taken over. */
export async function withLock<Value>(folder: string, work: () => Value): Promise<Value> {
  const file = join(folder, '.wirepact-lock')
  const created = makeFolder(folder)
  await acquire(file)
  try {
    return work()
  } finally {
    rmSync(file, { force: true })
    if (created !== undefined) removeEmpty(folder, created)
  }
}

/** Folders that were made for the lock alone go with it. */
function removeEmpty(folder: string, first: string): void {
  for (let one = folder; one.startsWith(first); one = dirname(one)) {
    if (readdirSync(one).length > 0) return
    rmdirSync(one)
  }
}

async function acquire(file: string): Promise<void> {
  const text = `${process.pid} ${hostname()}\n`
  for (let waitedMs = 0; !tryCreate(file, text); waitedMs += defaults.pollMs) {
    const abandoned = readAbandoned(file)
    if (abandoned !== undefined) {
      takeAway(file, abandoned)
      continue
    }
    if (waitedMs >= defaults.maxWaitMs) {
      throw new Error(`Another process is writing here all the time. If that is not so, remove ${file}.`)
    }
    await sleep(defaults.pollMs)
  }
}

function tryCreate(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (thrown) {
    if (codeOf(thrown) === 'EEXIST') return false
    throw thrown
  }
}

/** The text of a lock that nobody holds any more; undefined when somebody does, or it is gone. */
function readAbandoned(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8')
    const [pid, host] = text.trim().split(' ')
    const isLeft =
      host === hostname() ? !isAlive(Number(pid)) : Date.now() - statSync(file).mtimeMs > defaults.maxAgeMs
    return isLeft ? text : undefined
  } catch {
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return codeOf(thrown) === 'EPERM'
  }
}

/** Of two processes that found the lock abandoned, the slower one puts back what the faster one holds by now. */
function takeAway(file: string, abandoned: string): void {
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
    if (readFileSync(aside, 'utf8') === abandoned) rmSync(aside, { force: true })
    else renameSync(aside, file)
  } catch {
    return
  }
}

function codeOf(thrown: unknown): string | undefined {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : undefined
}
