import type { Notification, NotificationsConnection } from './generated/client.js'

/** What one person has not read yet, on one device: always what the server and the other devices have. */
export class Inbox {
  readonly #connection: NotificationsConnection
  readonly #unread = new Map<string, Notification>()
  /** Read on this device, of which the server may not have heard yet. */
  readonly #read = new Set<string>()

  constructor(connection: NotificationsConnection, user: string) {
    this.#connection = connection
    const inbox = connection.channels.inbox({ user })
    connection.on('unread', (all) => this.#begin(all))
    inbox.on('arrived', (notification) => this.#unread.set(notification.id, notification))
    inbox.on('acknowledged', ({ id }) => {
      this.#unread.delete(id)
      this.#read.delete(id)
    })
  }

  get unread(): readonly Notification[] {
    return [...this.#unread.values()]
  }

  /** At once on this device, also without a connection; the others hear of it when the server has. */
  acknowledge(id: string): void {
    this.#unread.delete(id)
    this.#read.add(id)
    this.#connection.acknowledge({ id })
  }

  #begin(all: readonly Notification[]): void {
    this.#unread.clear()
    for (const notification of all) {
      if (!this.#read.has(notification.id)) this.#unread.set(notification.id, notification)
    }
  }
}
