import type { Core } from '../core.js'
import { createListeners } from '../listeners/listeners.js'
import { createRoster, type Roster } from './roster.js'

/** Who is in a channel, or how many, where that is all that is told. */
interface CountedRoster extends Roster {
  readonly told: { count: number; readonly onChange: (listener: (count: number) => void) => () => void }
}

/** The feature `counts`: channels whose members are told only how many they are. */
export function counts(core: Core): void {
  const { extend } = core
  core.createRoster = createCountedRoster
  core.extend = (membership, definition) => {
    extend?.(membership, definition)
    const { told } = membership.roster as CountedRoster
    if (definition.presence === 'count') Object.assign(membership.channel, { presence: told })
  }
}

function createCountedRoster(report: (thrown: unknown) => void): CountedRoster {
  const roster = createRoster(report)
  const { add, emit } = createListeners<[number]>(report)
  const told = { count: 0, onChange: add }
  const tell = (count: number) => {
    if (told.count === count) return
    told.count = count
    emit(count)
  }
  return {
    ...roster,
    told,
    reset(snapshot, count = 0) {
      roster.reset(snapshot)
      tell(count)
    },
    apply(changes) {
      for (const [change, count] of changes) if (change === 'count') tell(count)
      roster.apply(changes)
    },
  }
}
