import type { Call, Channel, Connection, RouteDefinition, Sent, SubscribableChannel } from '@wirepact/client'

export interface RoomMessages {
  said: { readonly text: string }
  typing: null
}

export interface Person {
  readonly name: string
}

/** What a generated client would have: each kind of call and each kind of channel once. */
export interface ChatConnection extends Connection<{ notice: { readonly text: string } }> {
  readonly channels: {
    /** Joined by the server, with presence. */
    room(params?: { roomId?: string }): Channel<RoomMessages, Person>
    /** Subscribed by the client, without presence. */
    lobby(): SubscribableChannel<RoomMessages>
    /** Subscribed by the client, with presence. */
    stage(): SubscribableChannel<RoomMessages, Person>
  }
  readonly say: Call<{ text: string }, { id: string }>
  typing(): Sent
  shout(data: { text: string }): Sent
  readonly rename: Call<{ name: string }, { name: string }, { NAME_TAKEN: { suggestion: string } }>
}

export const chatRoute: RouteDefinition = {
  name: 'chat',
  path: '/chat/{roomId}',
  calls: { say: 'request', typing: 'event', shout: 'event', rename: 'request' },
  channels: {
    room: { name: 'room/{roomId}', join: 'handler', presence: true },
    lobby: { name: 'lobby', join: 'open', presence: false },
    stage: { name: 'stage', join: 'guarded', presence: true },
  },
}
