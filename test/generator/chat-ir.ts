import type { ApiIr, SchemaIr } from 'wirepact/compiler'

const Name = {
  type: 'string',
  minLength: 1,
  maxLength: 32,
  pattern: '^\\S(.*\\S)?$',
  description: 'What a person is called.',
}
const Text = { type: 'string', minLength: 1, maxLength: 2000 }

const Line = {
  type: 'object',
  description: 'One line of chat.',
  required: ['id', 'from', 'text', 'at'],
  properties: {
    id: { type: 'string', description: 'Unique within the room.' },
    from: Name,
    text: Text,
    at: { type: 'integer', description: 'When it was said, in milliseconds since the Unix epoch.' },
  },
}

function object(properties: Record<string, unknown>, rest: Record<string, unknown> = {}) {
  return { type: 'object', required: Object.keys(properties), properties, ...rest }
}

const schemas: SchemaIr[] = [
  { name: 'ChatNotice', route: 'chat', schema: object({ text: { type: 'string' } }) },
  {
    name: 'ChatParams',
    route: 'chat',
    schema: object({ roomId: { type: 'string', pattern: '^[a-z0-9-]{1,64}$' } }),
  },
  { name: 'ChatQuery', route: 'chat', schema: object({ name: Name }) },
  { name: 'ChatRenameInput', route: 'chat', schema: object({ name: Name }) },
  { name: 'ChatRenameNameTaken', route: 'chat', schema: object({ suggestion: Name }) },
  { name: 'ChatRenameOutput', route: 'chat', schema: object({ name: Name }) },
  {
    name: 'ChatRoomPresence',
    route: 'chat',
    schema: object({ name: Name }, { description: 'Somebody who is in the room.' }),
  },
  { name: 'ChatRoomSaid', route: 'chat', schema: Line },
  {
    name: 'ChatRoomTyping',
    route: 'chat',
    schema: object({ from: Name }, { description: 'Somebody is writing at this moment.' }),
  },
  { name: 'ChatSayInput', route: 'chat', schema: object({ text: Text }) },
  { name: 'ChatSayOutput', route: 'chat', schema: Line },
]

/** The intermediate form of the chat example. */
export const chatIr: ApiIr = {
  title: 'Chat',
  version: '1.0.0',
  description: 'Rooms to talk in, with history, presence and typing notices.',
  contract: '0123456789abcdef',
  schemas,
  routes: [
    {
      name: 'chat',
      typeName: 'Chat',
      description: 'One room, seen by one person.',
      path: '/chat/{roomId}',
      params: { schema: 'ChatParams', convert: [{ name: 'roomId', to: 'string', repeated: false }] },
      query: { schema: 'ChatQuery', convert: [{ name: 'name', to: 'string', repeated: false }] },
      clientToServer: [
        {
          kind: 'request',
          name: 'say',
          typeName: 'ChatSay',
          description: 'Says a line to the room.',
          input: 'ChatSayInput',
          output: 'ChatSayOutput',
          errors: [],
        },
        {
          kind: 'event',
          name: 'typing',
          typeName: 'ChatTyping',
          description: 'Tells the room that this person is writing.',
          data: null,
        },
        {
          kind: 'request',
          name: 'rename',
          typeName: 'ChatRename',
          description: 'Takes another name.',
          input: 'ChatRenameInput',
          output: 'ChatRenameOutput',
          errors: [{ code: 'NAME_TAKEN', data: 'ChatRenameNameTaken' }],
        },
      ],
      serverToClient: [
        {
          kind: 'event',
          name: 'notice',
          typeName: 'ChatNotice',
          description: 'Something this person should know.',
          data: 'ChatNotice',
        },
      ],
      channels: [
        {
          key: 'room',
          typeName: 'ChatRoom',
          description: 'What is said in one room.',
          name: 'room/{roomId}',
          params: [{ name: 'roomId', fromRoute: true }],
          join: 'handler',
          messages: [
            { kind: 'event', name: 'said', typeName: 'ChatRoomSaid', data: 'ChatRoomSaid', history: true },
            {
              kind: 'event',
              name: 'typing',
              typeName: 'ChatRoomTyping',
              data: 'ChatRoomTyping',
              history: false,
            },
          ],
          history: { maxMessages: 500, ttlMs: 604_800_000, replay: 50 },
          presence: 'ChatRoomPresence',
        },
      ],
    },
  ],
}
