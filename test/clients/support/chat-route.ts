import {
  type Answering,
  acknowledged,
  answers,
  binary,
  type Call,
  type Channel,
  type Connection,
  channels,
  idempotent,
  type RequestHandler,
  type RouteDefinition,
  type SendOptions,
  type Sent,
  type StreamCall,
  type StreamHandler,
  type SubscribableChannel,
  streams,
  subscriptions,
} from '@wirepact/client'
import { createChecks } from '@wirepact/client/checks'

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
  typing(data?: null, options?: SendOptions): Sent
  shout(data: { text: string }, options?: SendOptions): Sent
  readonly rename: Call<{ name: string }, { name: string }, { NAME_TAKEN: { suggestion: string } }>
  /** May be asked again. */
  readonly find: Call<{ name: string }, { name: string }>
  readonly transcript: StreamCall<{ from: number }, string, { GONE: { since: number } }>
  /** Acknowledged. */
  save(data: { n: number }, options?: SendOptions): Sent
  /** Bytes there and back. */
  readonly blur: Call<Uint8Array, Uint8Array>
}

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string' } } }
const named = { type: 'object', required: ['name'], properties: { name: { type: 'string' } } }

/** What a client whose server was made from another schema loads. */
const checks = createChecks(
  { Text: text, Named: { ...named, additionalProperties: false }, Line: { type: 'string' }, Any: true },
  {
    events: { notice: 'Text', photo: 'binary' },
    calls: {
      say: { answer: 'Any', errors: {} },
      rename: { answer: 'Named', errors: { NAME_TAKEN: 'Any' } },
      find: { answer: 'Named', errors: {} },
      transcript: { answer: 'Line', errors: { GONE: 'Any' } },
      blur: { answer: 'binary', errors: {} },
    },
    answers: { confirm: 'Any', watch: 'Any' },
    channels: {
      // Fits names of rooms, too, and comes after what is more specific.
      '{kind}/{key}': { messages: {}, presence: null },
      'room/{roomId}': { messages: { said: 'Text', typing: null }, presence: 'Named' },
      lobby: { messages: { said: 'Text', typing: null }, presence: null },
      stage: { messages: { said: 'Text', typing: null }, presence: 'Named' },
    },
  },
)

export const chatRoute: RouteDefinition = {
  path: '/chat/{roomId}',
  uses: [channels, subscriptions, streams, answers, acknowledged, idempotent, binary],
  calls: {
    say: 'request',
    typing: 'event',
    shout: 'event',
    rename: 'request',
    find: 'idempotent',
    transcript: 'stream',
    save: 'acknowledged',
    blur: 'request',
  },
  answers: { confirm: { kind: 'request', errors: ['BUSY'] }, watch: { kind: 'stream', errors: ['BUSY'] } },
  checks: async () => ({ checks }),
  channels: {
    room: { name: 'room/{roomId}', presence: true },
    lobby: { name: 'lobby', join: 'open' },
    stage: { name: 'stage', join: 'guarded', presence: true },
  },
}
