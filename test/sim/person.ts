import type { LabConnection } from '../runtime/api/generated/client.js'
import type { Disk } from './disk.js'
import type { Person } from './judge.js'
import { Observer } from './observer.js'

/** What a person is made of. */
export interface PersonParts {
  readonly name: string
  readonly roomName: string
  readonly connection: LabConnection
  readonly disk: Disk
  /** More that was missed is a gap. */
  readonly maxRecovered: number
}

/** How many publications a room keeps. */
const maxRoomMessages = 5

/** Somebody with a connection, who hears what is said in a room, and in the log at times. */
export function createPerson({ name, roomName, connection, disk, maxRecovered }: PersonParts): Person {
  const origins: string[] = []
  connection.onStatus((status) => {
    if (status.state === 'open') origins.push(status.connection.split('.')[0] as string)
  })
  const keeping = (maxMissed: number) => ({ maxMissed, newest: (channel: string) => disk.newest(channel) })
  const { room: roomOf, log: logOf } = connection.channels
  const room = new Observer(name, roomOf(), origins, keeping(maxRoomMessages))
  roomOf().on('said', ({ text }, { offset }) => room.heard(text, offset))
  const log = new Observer(name, logOf({ topic: 'all' }), origins, keeping(maxRecovered))
  return { name, connection, room, log, roomName, listens: false, stopLog: undefined }
}
