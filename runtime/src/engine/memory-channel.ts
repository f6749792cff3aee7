import type { Publication, Retention } from './engine.js'
import { LatestLog } from './latest-log.js'
import { PublicationLog } from './publication-log.js'
import type { PublishKeys } from './publish-keys.js'
import { Roster } from './roster.js'

/** What the memory engine knows about one channel. */
export class MemoryChannel {
  attached = false
  /** Empty until somebody asks for a position or publishes. */
  epoch = ''
  log: PublicationLog | LatestLog = new PublicationLog()
  /** When its history was last touched, in milliseconds since the Unix epoch. */
  touchedAt = 0
  /** The limits that were last in force, so that what became too old can be dropped without being read. */
  retention: Retention | undefined
  readonly roster = new Roster()
  /** The keys of what was published once; made for the first of them. */
  keys: PublishKeys | undefined

  /** Whether nothing would be lost but the epoch. */
  isIdle(now: number): boolean {
    if (this.isUsed(now)) return false
    if (this.retention !== undefined) this.log.trim(this.retention, now)
    return this.log.isEmpty
  }

  /** Whether somebody is here, or a key still has a meaning. */
  isUsed(now: number): boolean {
    return this.attached || this.roster.size > 0 || this.keys?.isOver(now) === false
  }

  /** Appends under limits, which also say what kind of log it is. */
  push(publication: Publication, key: string | undefined): void {
    if (this.log instanceof LatestLog) this.log.push(publication, key)
    else this.log.push(publication)
  }

  /** Whether what is kept is not what the limits say: every publication, or the newest of each key. */
  get isOfOtherKind(): boolean {
    return (this.retention?.latest ?? false) !== this.log instanceof LatestLog
  }

  /** Begins a new run of offsets; members and attachment stay. */
  reset(): void {
    this.epoch = ''
    this.log = this.retention?.latest ? new LatestLog() : new PublicationLog()
  }
}
