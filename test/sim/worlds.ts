import { Town } from './town/town.js'
import { type Outcome, World as Rooms } from './world.js'

/** The world of a seed: every second one is a town, the others are rooms. */
export class World {
  readonly #world: Rooms | Town

  constructor(seed: number) {
    this.#world = seed % 2 === 0 ? new Town(seed) : new Rooms(seed)
  }

  run(): Promise<Outcome> {
    return this.#world.run()
  }
}
