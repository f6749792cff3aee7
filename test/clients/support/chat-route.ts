import {
  type Answering,
  acknowledged,
  answers,
  binary,
  type Call,
  type Channel,
  type Connection,
  channels,
  type RequestHandler,
  type RouteDefinition,
  type Sent,
  type StreamCall,
  type StreamHandler,
  type SubscribableChannel,
  streams,
} from '@wirepact/client'

export interface RoomMessages {
  said: { readonly text: string }
  typing: null
}

export interface Person {
  readonly name: string
}

export interface ChatEvents {
  notice: { readonly text: string }
  photo: Uint8Array
}

export interface ChatAnswers {
  confirm: RequestHandler<{ question: string }, { yes: boolean }, { BUSY: { until: number } }>
  watch: StreamHandler<{ since: number }, number, { BUSY: { until: number } }>
}

/** What a generated client would have: each kind of call and each kind of channel once. */
export interface ChatConnection extends Connection<ChatEvents>, Answering<ChatAnswers> {
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
  /** May be asked again. */
  readonly find: Call<{ name: string }, { name: string }>
  readonly transcript: StreamCall<{ from: number }, string, { GONE: { since: number } }>
  /** Acknowledged. */
  save(data: { n: number }): Sent
  /** Bytes there and back. */
  readonly blur: Call<Uint8Array, Uint8Array>
}

export const chatRoute: RouteDefinition = {
  name: 'chat',
  path: '/chat/{roomId}',
  uses: [channels, streams, answers, acknowledged, binary],
  calls: {
    say: 'request',
    typing: 'event',
    shout: 'event',
    rename: 'request',
    find: { kind: 'request', idempotent: true },
    transcript: 'stream',
    save: { kind: 'event', delivery: 'acknowledged' },
    blur: { kind: 'request', binary: true },
  },
  answers: { confirm: { kind: 'request', errors: ['BUSY'] }, watch: { kind: 'stream', errors: ['BUSY'] } },
  channels: {
    room: { name: 'room/{roomId}', join: 'handler', presence: true },
    lobby: { name: 'lobby', join: 'open', presence: false },
    stage: { name: 'stage', join: 'guarded', presence: true },
  },
}
