import { channel, defineApi, event, param, request, route, Type } from '@wirepact/schema'

const Id = Type.Tuple([Type.Integer({ minimum: 1, maximum: 2 ** 40 }), Type.Integer({ minimum: 1 })], {
  $id: 'Id',
  description: 'Names a character for ever: a number that grows, and the site that it was written at.',
})

const Place = Type.Union([Id, Type.Null()], {
  $id: 'Place',
  description: 'Behind this character, or at the beginning.',
})

const Insertion = Type.Object(
  {
    insert: Type.String({ minLength: 1, maxLength: 10_000 }),
    id: Type.Ref('Id', { description: 'Of the first character; the others count on from it.' }),
    after: Place,
  },
  { $id: 'Insertion', additionalProperties: false },
)

const Removal = Type.Object(
  { remove: Type.Array(Id, { minItems: 1, maxItems: 10_000 }) },
  { $id: 'Removal', additionalProperties: false },
)

const Edit = Type.Union([Insertion, Removal], { $id: 'Edit', description: 'One change of the text.' })

const Character = Type.Tuple([Id, Place, Type.String(), Type.Boolean()], {
  $id: 'Character',
  description: 'A character, what it was written behind, and whether it was removed.',
})

export default defineApi({
  title: 'Editor',
  version: '1.0.0',
  description: 'One text that many people write at the same time.',
  routes: {
    editor: route({
      path: '/documents/{documentId}',
      params: Type.Object({ documentId: param.slug() }),
      query: Type.Object({ name: Type.String({ minLength: 1, maxLength: 32 }) }),
      clientToServer: {
        open: request({
          description: 'The whole text as it is now, and a site to write from.',
          output: Type.Object({
            site: Type.Integer(),
            version: Type.Integer({ description: 'How many edits there were.' }),
            characters: Type.Array(Character),
          }),
          idempotent: true,
        }),
        edit: event({
          description:
            'Changes the text. What is written without a connection goes out with the next one, once.',
          data: Edit,
          delivery: 'acknowledged',
        }),
        point: event({
          description: 'The cursor of this person is here.',
          data: Type.Object({ after: Place }),
        }),
      },
      channels: {
        document: channel({
          name: 'documents/{documentId}',
          messages: {
            edited: Type.Object({ version: Type.Integer(), edit: Edit }),
            pointed: event({
              data: Type.Object({ connection: Type.String(), name: Type.String(), after: Place }),
              history: false,
              backpressure: 'latest',
              key: 'connection',
            }),
          },
          history: { maxMessages: 1000 },
          presence: Type.Object({ name: Type.String() }),
        }),
      },
    }),
  },
})
