import type { ChannelMember, History, Status, Stop } from '@wirepact/client'
import type {
  ChatConnection,
  ChatRoomMessages,
  ChatRoomPresence,
  ChatRoomSaid,
  Client,
} from '../generated/client.js'
import { NameKeeper } from '../name-keeper.js'
import { type Entry, Timeline } from './timeline.js'

const typingEveryMs = 2_000
const pageSize = 50
/** Long enough for a server to restart while a line waits. */
const sayTimeoutMs = 60_000
const settleMs = 300

/** What came to the lines of a room. */
export interface LinesChange {
  /** All lines, oldest first. */
  readonly entries: readonly Entry[]
  /** What is new among them at their end. */
  readonly added: readonly ChatRoomSaid[]
  /** True when it is news, also when it was missed for a while; false when the page is still filled. */
  readonly live: boolean
}

/** What a session tells the page. */
export interface RoomListener {
  status(status: Status): void
  /** The room's history has arrived; what comes from now on is new. */
  joined(): void
  lines(change: LinesChange): void
  members(members: readonly ChannelMember<ChatRoomPresence>[]): void
  typing(name: string): void
  notice(text: string): void
  failure(error: unknown): void
}

/** One person in one room. Knows the connection and the lines; knows nothing of the page. */
export class RoomSession {
  readonly #timeline = new Timeline()
  readonly #listener: RoomListener
  readonly #connection: ChatConnection
  readonly #name: NameKeeper
  #stops: readonly Stop[] = []
  /** Whether the history that comes with the first confirmation is through. */
  #settled = false
  #typingSentAt = 0

  constructor(client: Client, who: { readonly room: string; readonly name: string }, listener: RoomListener) {
    this.#listener = listener
    this.#connection = client.chat({ params: { roomId: who.room }, query: { name: who.name } })
    this.#name = new NameKeeper(this.#connection, who.name, (error) => listener.failure(error))
  }

  /** Tells the listener from now on. */
  start(): void {
    this.#stops = this.#listen()
    this.#listener.status(this.#connection.status)
  }

  get name(): string {
    return this.#name.current
  }

  get status(): Status {
    return this.#connection.status
  }

  /** A name may belong to several people; a connection belongs to one session for its whole life. */
  isMe({ connection }: ChannelMember<ChatRoomPresence>): boolean {
    const { status } = this.#connection
    return status.state === 'open' && sessionOf(connection) === sessionOf(status.connection)
  }

  say(text: string): Promise<ChatRoomSaid> {
    this.#typingSentAt = 0
    return this.#connection.say({ text }, { timeoutMs: sayTimeoutMs })
  }

  /** Tells the room, but not with every key. */
  sendTyping(): void {
    const now = Date.now()
    if (this.#connection.status.state !== 'open' || now - this.#typingSentAt < typingEveryMs) return
    this.#typingSentAt = now
    this.#connection.typing()
  }

  /** Undefined when the name is this person's now; otherwise a name that is free. */
  rename(name: string): Promise<string | undefined> {
    return this.#name.take(name)
  }

  /** Reads the page of history before the oldest line. False when there is nothing older. */
  async loadOlder(): Promise<boolean> {
    const before = this.#timeline.oldestOffset
    if (before === undefined) return false
    const history = await this.#connection.channels.room().history({ before, limit: pageSize })
    this.#addHistory(history)
    return history.more
  }

  connect(): void {
    this.#connection.connect()
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.#connection.close()
  }

  #listen(): readonly Stop[] {
    const room = this.#connection.channels.room()
    return [
      this.#connection.onStatus((status) => this.#listener.status(status)),
      this.#connection.onError((error) => this.#listener.failure(error)),
      this.#connection.on('notice', ({ text }) => this.#listener.notice(text)),
      room.on('said', (line, { offset, replayed }) => {
        if (offset !== null)
          this.#add([{ line, offset }], { added: [line], live: this.#settled || !replayed })
      }),
      room.on('typing', ({ from }) => this.#listener.typing(from)),
      room.presence.onChange((members) => this.#listener.members(members)),
      room.onStatus(({ state }) => state === 'joined' && this.#noteJoined()),
      room.onGap(() => this.#reload()),
    ]
  }

  /** What is missing cannot be had any more: what is left of the history is shown instead. */
  #reload(): void {
    this.#timeline.clear()
    const history = this.#connection.channels.room().history({ limit: pageSize })
    history.then(
      (page) => this.#addHistory(page),
      (error: unknown) => this.#listener.failure(error),
    )
  }

  /** The lines that follow a confirmation from history come with it, in the same turns of the loop. */
  #noteJoined(): void {
    setTimeout(() => {
      this.#settled = true
      this.#listener.joined()
    }, settleMs)
  }

  #addHistory({ publications }: History<ChatRoomMessages>): void {
    const said = publications.filter((publication) => publication.name === 'said')
    this.#add(
      said.map(({ data, offset }) => ({ line: data, offset })),
      { added: [], live: false },
    )
  }

  #add(entries: readonly Entry[], change: Omit<LinesChange, 'entries'>): void {
    if (!this.#timeline.add(entries)) return
    if (change.live) this.#timeline.trim()
    this.#listener.lines({ entries: this.#timeline.entries, ...change })
  }
}

/** What all connections of one session have in common: the part of their identifier before the first dot. */
function sessionOf(connection: string): string {
  return connection.split('.', 1)[0] ?? connection
}
