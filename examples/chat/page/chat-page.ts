import type { ChannelMember, Status } from '@wirepact/client'
import type { ChatRoomPresence, ChatRoomSaid, Client } from '../generated/client.js'
import { Composer } from './composer.js'
import { ConnectionView } from './connection-view.js'
import { byId } from './dom.js'
import { MeView } from './me-view.js'
import { MessageList } from './message-list.js'
import { OlderButton } from './older-button.js'
import { Outbox } from './outbox.js'
import { PeopleList } from './people-list.js'
import { profile } from './profile.js'
import { RoomList } from './room-list.js'
import { type LinesChange, type RoomListener, RoomSession } from './room-session.js'
import { ShareButton } from './share-button.js'
import { Sidebar } from './sidebar.js'
import { Toasts } from './toasts.js'
import { TypingNotices } from './typing-notices.js'

/** Joins the parts of the page to the session of the room that is open. */
export class ChatPage {
  readonly #client: Client
  readonly #title = byId('room-title', HTMLElement)
  readonly #toasts = new Toasts()
  readonly #messages = new MessageList(
    (line) => this.#isMine(line),
    () => this.#showTitle(),
  )
  readonly #people = new PeopleList()
  readonly #rooms = new RoomList()
  readonly #sidebar = new Sidebar()
  readonly #typing = new TypingNotices()
  readonly #me = new MeView((name) => this.#take(name))
  readonly #connection = new ConnectionView(() => this.#session?.connect())
  readonly #older: OlderButton
  readonly #composer: Composer
  readonly #outbox: Outbox
  #room = ''
  #session: RoomSession | undefined

  constructor(client: Client) {
    this.#client = client
    const fail = (error: unknown) => this.#toasts.showError(error)
    this.#older = new OlderButton(async () => (await this.#session?.loadOlder()) ?? false, fail)
    this.#outbox = new Outbox(
      (text) => this.#session?.say(text) ?? Promise.reject(new Error('No room is open.')),
      (rows) => this.#messages.showPending(rows),
    )
    this.#composer = new Composer({
      send: (text) => this.#send(text),
      typing: () => this.#session?.sendTyping(),
    })
    new ShareButton((text) => this.#toasts.show(text))
    document.addEventListener('visibilitychange', () => this.#showTitle())
  }

  /** Leaves the room that is open, if there is one, and opens this one; asks for a name first. */
  open(room: string): void {
    this.#leave()
    this.#room = room
    profile.visit(room)
    this.#rooms.show(room)
    this.#title.textContent = room
    this.#composer.address(room)
    this.#showTitle()
    if (profile.name === undefined) {
      this.#me.ask({ take: (name) => this.#take(name), closed: () => this.#composer.focus() })
      return
    }
    this.#enter(profile.name)
    this.#composer.focus()
  }

  #leave(): void {
    this.#session?.close()
    this.#session = undefined
    this.#sidebar.close()
    this.#typing.clear()
    this.#outbox.clear()
    this.#messages.clear()
    this.#people.showUnknown()
    this.#older.reset()
  }

  #enter(name: string): void {
    profile.name = name
    this.#me.show(name)
    this.#session = new RoomSession(this.#client, { room: this.#room, name }, this.#listener())
    this.#session.start()
  }

  #listener(): RoomListener {
    return {
      status: (status) => this.#showStatus(status),
      joined: () => this.#messages.settle(),
      lines: (change) => this.#showLines(change),
      members: (members) => this.#showMembers(members),
      typing: (name) => this.#typing.started(name),
      notice: (text) => this.#toasts.show(text),
      failure: (error) => this.#toasts.showError(error),
    }
  }

  #showStatus(status: Status): void {
    this.#connection.show(status)
    if (status.state === 'open') return
    this.#people.showUnknown()
    this.#typing.clear()
  }

  #showMembers(members: readonly ChannelMember<ChatRoomPresence>[]): void {
    const session = this.#session
    if (session?.status.state === 'open') this.#people.show(members, (member) => session.isMe(member))
  }

  #showLines({ entries, added, live }: LinesChange): void {
    for (const line of added) {
      this.#typing.stopped(line.from)
      if (this.#isMine(line)) this.#outbox.arrived(line)
    }
    const spoken = live ? added.filter((line) => !this.#isMine(line)) : []
    this.#messages.show(entries, spoken)
    this.#older.show(entries[0]?.offset)
    this.#showTitle()
  }

  #send(text: string): void {
    this.#outbox.post(text)
    this.#messages.showEnd()
  }

  /** The first name opens the room; every other one is asked for. */
  async #take(name: string): Promise<string | undefined> {
    const session = this.#session
    if (session === undefined) {
      this.#enter(name)
      return undefined
    }
    const suggestion = session.name === name ? undefined : await session.rename(name)
    if (suggestion !== undefined) return suggestion
    profile.name = name
    this.#me.show(name)
    return undefined
  }

  #isMine(line: ChatRoomSaid): boolean {
    return line.from === this.#session?.name
  }

  #showTitle(): void {
    const count = this.#messages.unreadCount
    document.title = `${count > 0 ? `(${count}) ` : ''}${this.#room} · Chat`
  }
}
