import type { ChannelMember, Status } from '@wirepact/client'
import type { ChatConnection, ChatRoomPresence, ChatRoomSaid, Client } from '../generated/client.js'
import { NameKeeper } from '../name-keeper.js'
import { Terminal, withoutControls } from './terminal.js'

const typingEveryMs = 2_000

/** One person in one room, on a terminal. */
export class Conversation {
  readonly #terminal = new Terminal()
  readonly #connection: ChatConnection
  readonly #name: NameKeeper
  #members: readonly string[] | undefined
  #left = false
  #typingShownAt = 0
  #typingSentAt = 0

  constructor(client: Client, { room, name }: { readonly room: string; readonly name: string }) {
    this.#connection = client.chat({ params: { roomId: room }, query: { name } })
    this.#name = new NameKeeper(this.#connection, name, (error) => this.#explain(error))
    this.#listen()
  }

  /** Until the person leaves, the input ends, or the server closes for good. */
  async run(): Promise<void> {
    // What is written before the connection stands is kept only from here on.
    const written = this.#terminal.written
    await this.#connection.ready()
    this.#terminal.prompt()
    for await (const line of written) {
      if (line.trim() === '/quit') break
      await this.#obey(line.trim()).catch((error: unknown) => this.#explain(error))
      this.#terminal.prompt()
    }
    this.#left = true
    this.#connection.close()
    this.#terminal.close()
  }

  #listen(): void {
    const room = this.#connection.channels.room()
    this.#connection.onStatus((status) => this.#showStatus(status))
    this.#connection.onError((error) => this.#explain(error))
    this.#connection.on('notice', ({ text }) => this.#tell(text))
    room.on('said', (line) => this.#showLine(line))
    room.on('typing', ({ from }) => this.#showTyping(from))
    room.presence.onChange((members) => this.#showMembers(members))
    room.onGap(() => this.#tell('Some lines were missed.'))
    this.#terminal.onTyping(() => this.#sendTyping())
  }

  async #obey(line: string): Promise<void> {
    const [, newName] = /^\/name\s+(.+)$/.exec(line) ?? []
    if (newName !== undefined) await this.#rename(newName)
    else if (line === '/who') this.#tell(`Here: ${(this.#members ?? []).join(', ')}`)
    else if (line.startsWith('/')) this.#tell('There are /name NAME, /who and /quit.')
    else if (line !== '') await this.#connection.say({ text: line })
  }

  async #rename(name: string): Promise<void> {
    const suggestion = await this.#name.take(name)
    this.#tell(suggestion === undefined ? `You are ${name} now.` : `That is taken. How about ${suggestion}?`)
  }

  #showLine({ from, text, at }: ChatRoomSaid): void {
    const time = this.#terminal.dim(new Date(at).toTimeString().slice(0, 5))
    this.#terminal.print(`${time} ${this.#terminal.colour(from)}: ${withoutControls(text)}`)
  }

  #showStatus(status: Status): void {
    if (status.state === 'waiting' && status.attempt === 1) this.#tell('No connection; trying again.')
    if (status.state === 'open') this.#tell('Connected.')
    if (status.state !== 'closed' || this.#left) return
    this.#tell(`Disconnected: ${status.cause.reason || status.cause.code}`)
    this.#terminal.close()
  }

  #showMembers(members: readonly ChannelMember<ChatRoomPresence>[]): void {
    const names = members.map(({ data }) => data.name)
    const before = this.#members
    this.#members = names
    if (before === undefined) return
    for (const name of names) if (!before.includes(name)) this.#tell(`${name} is here.`)
    for (const name of before) if (!names.includes(name)) this.#tell(`${name} has left.`)
  }

  #showTyping(from: string): void {
    const now = Date.now()
    if (now - this.#typingShownAt < typingEveryMs * 2) return
    this.#typingShownAt = now
    this.#tell(`${from} is typing…`)
  }

  #sendTyping(): void {
    const now = Date.now()
    if (this.#connection.status.state !== 'open' || now - this.#typingSentAt < typingEveryMs) return
    this.#typingSentAt = now
    this.#connection.typing()
  }

  #explain(error: unknown): void {
    this.#tell(error instanceof Error ? error.message : String(error))
  }

  #tell(text: string): void {
    this.#terminal.print(this.#terminal.dim(text))
  }
}
