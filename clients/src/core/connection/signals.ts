import type { Stop } from '../../types.js'

/** What the platform knows about the network and about itself. */
export interface Signals {
  /** Calls back when the network is back, or when the program may have slept: when it is time to look again. */
  listen(wake: () => void): Stop
  /**
   * Whether there is surely no network. A client that waits then waits as long as it ever does, for the signal; it does
   * not wait for ever, because a server on the same computer can be reached all the same.
   */
  isOffline?(): boolean
}
