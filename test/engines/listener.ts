import type { EngineListener, PresenceEvent, Publication } from '@wirepact/runtime'

/** A listener that writes down what it is told. */
export class RecordingListener implements EngineListener {
  readonly publications: (readonly [channel: string, publication: Publication])[] = []
  readonly presences: (readonly [channel: string, event: PresenceEvent])[] = []
  /** Everything in one line each, in the order in which it came. */
  readonly lines: string[] = []

  publication(channel: string, publication: Publication): void {
    this.publications.push([channel, publication])
    this.lines.push(`${channel} ${publication.offset ?? 'unkept'} ${publication.data}`)
  }

  presence(channel: string, event: PresenceEvent): void {
    this.presences.push([channel, event])
    this.lines.push(`${channel} ${event.change} ${event.connection}`)
  }

  cleared(channel: string): void {
    this.lines.push(`${channel} cleared`)
  }

  interrupted(): void {
    this.lines.push('interrupted')
  }

  /** What came since this was last asked. */
  take(): string[] {
    return this.lines.splice(0)
  }
}
