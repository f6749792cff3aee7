import { randomUUID } from 'node:crypto'
import type { Notification } from './generated/server.js'

/** What everybody has not read yet. An application keeps this in its database. */
export class Inboxes {
  readonly #unread = new Map<string, Map<string, Notification>>()

  add(to: string, { from, text }: { readonly from: string; readonly text: string }): Notification {
    const notification = { id: randomUUID(), from, text, at: Date.now() }
    const inbox = this.#unread.get(to) ?? new Map<string, Notification>()
    this.#unread.set(to, inbox.set(notification.id, notification))
    return notification
  }

  /** False when it was read already, or is somebody else's. */
  acknowledge(user: string, id: string): boolean {
    return this.#unread.get(user)?.delete(id) ?? false
  }

  /** Oldest first. */
  unread(user: string): Notification[] {
    return [...(this.#unread.get(user)?.values() ?? [])]
  }
}
