import type { Stop } from '../../types.js'

/** What the platform knows about the network and about itself. */
export interface Signals {
  /** Calls back when the network is back, or when the program may have slept: when it is time to look again. */
  listen(wake: () => void): Stop
}
