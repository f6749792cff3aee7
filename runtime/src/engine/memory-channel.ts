import type { PresenceEntry, Retention } from './engine.js'
import { PublicationLog } from './publication-log.js'

/** What the memory engine knows about one channel. */
export class MemoryChannel {
  attached = false
  /** Empty until somebody asks for a position or publishes. */
  epoch = ''
  log = new PublicationLog()
  /** When its history was last touched, in milliseconds since the Unix epoch. */
  touchedAt = 0
  /** The limits that were last in force, so that what became too old can be dropped without being read. */
  retention: Retention | undefined
  readonly members = new Map<string, string>()

  /** Whether nothing would be lost but the epoch. */
  isIdle(now: number): boolean {
    if (this.attached || this.members.size > 0) return false
    if (this.retention !== undefined) this.log.trim(this.retention, now)
    return this.log.isEmpty
  }

  /** Begins a new run of offsets; members and attachment stay. */
  reset(): void {
    this.epoch = ''
    this.log = new PublicationLog()
  }

  entries(): readonly PresenceEntry[] {
    return Array.from(this.members, ([connection, data]) => ({ connection, data }))
  }
}
