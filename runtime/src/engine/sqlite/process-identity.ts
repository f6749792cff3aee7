import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'

/** Where a process runs, when it started, and whether that tells it from another one with the same number. */
export interface ProcessIdentity {
  readonly host: string
  readonly pid: number
  /** When it started, in the words of the system; empty where the system does not say. */
  readonly started: string
}

export function currentProcess(): ProcessIdentity {
  return { host: hostname(), pid: process.pid, started: startOf(process.pid) ?? '' }
}

/** Whether another process lives: `unknown` when it is elsewhere, or when its number may have been given anew. */
export function probe(other: ProcessIdentity, self: ProcessIdentity): 'alive' | 'gone' | 'unknown' {
  if (other.host !== self.host) return 'unknown'
  const started = startOf(other.pid)
  if (started === undefined) return 'gone'
  if (started === '' || other.started === '') return 'unknown'
  return started === other.started ? 'alive' : 'gone'
}

/** Undefined when there is no such process. Linux says when a process started; other systems do not. */
function startOf(pid: number): string | undefined {
  return process.platform === 'linux' ? startOnLinux(pid) : exists(pid) ? '' : undefined
}

/** Fields 3 and 22 of /proc/pid/stat (proc(5)); the name before them is in parentheses and may hold anything. */
function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? '')
  } catch {
    return exists(pid) ? '' : undefined
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
