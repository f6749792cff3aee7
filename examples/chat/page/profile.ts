const NAME_KEY = 'chat.name'
const ROOMS_KEY = 'chat.rooms'
const maxRooms = 12
const maxNameCharacters = 32

/** What this browser remembers. A browser that refuses storage only forgets more. */
export const profile = {
  /** Undefined as well when what is stored is no name: the server would refuse it, again and again. */
  get name(): string | undefined {
    const name = read(NAME_KEY)
    return name !== null && isName(name) ? name : undefined
  },
  set name(name: string) {
    write(NAME_KEY, name)
  },
  /** The rooms that were visited, the latest first. */
  get rooms(): readonly string[] {
    return (read(ROOMS_KEY) ?? '').split(' ').filter(isRoom)
  },
  visit(room: string): void {
    write(ROOMS_KEY, [room, ...profile.rooms.filter((other) => other !== room)].slice(0, maxRooms).join(' '))
  },
  forget(room: string): void {
    write(ROOMS_KEY, profile.rooms.filter((other) => other !== room).join(' '))
  },
}

/** The room that the address names, as in `#lobby`. */
export function roomOfAddress(): string {
  const room = toRoom(decodeSafely(location.hash.slice(1)))
  return room === '' ? 'lobby' : room
}

/** What a person typed as the name of a room: small letters, digits and dashes. */
export function toRoom(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 64)
    .replace(/^-+|-+$/g, '')
}

/** What a person typed as their name: one line, without spaces around it. */
export function toName(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Whether the schema allows this name. */
export function isName(text: string): boolean {
  return [...text].length <= maxNameCharacters && /^\S(.*\S)?$/u.test(text)
}

function isRoom(text: string): boolean {
  return /^[a-z0-9-]{1,64}$/.test(text)
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // A full or forbidden storage is no reason to stop chatting.
  }
}
