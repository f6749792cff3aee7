import type { StudioContext, StudioHandlers } from '../generated/studio/server.js'
import type { Shows } from '../shows.js'

/** What the studio hands a frame to: one channel of the viewers' route. */
export type ShowFrame = (showId: string, frame: Uint8Array) => Promise<unknown>

/** A class: each connection has an instance of its own, and keeps its things in it. */
export function createStudio(shows: Shows, show: ShowFrame): new () => StudioHandlers {
  return class Studio implements StudioHandlers {
    #tell = (_viewers: number): void => undefined

    connect(ctx: StudioContext) {
      this.#tell = (viewers) => ctx.client.audience({ viewers })
      shows.watch(ctx.params.showId, this.#tell)
    }

    disconnect(ctx: StudioContext) {
      shows.unwatch(ctx.params.showId, this.#tell)
    }

    /** One publication for everybody: it is encoded once, and no slow viewer holds it up. */
    async frame(ctx: StudioContext, data: Uint8Array) {
      await show(ctx.params.showId, data)
    }
  }
}
