import { WirepactError } from '@wirepact/runtime'
import type { Documents } from '../documents.js'
import type { EditorHandlers } from '../generated/editor/server.js'

export function createEditor(documents: Documents): EditorHandlers {
  return {
    async connect(ctx) {
      await ctx.channels.document().join({ presence: { name: ctx.query.name } })
    },

    /** Asked by a member, so that no edit falls between the answer and the channel; one that is in both does no harm. */
    open(ctx) {
      const document = documents.get(ctx.params.documentId)
      return { site: document.takeSite(), version: document.version, characters: document.text.characters }
    },

    /** Everybody but the writer is told: who writes has it already. */
    async edit(ctx, edit) {
      const document = documents.get(ctx.params.documentId)
      if ('insert' in edit && !document.hasRoom(edit.insert.length)) {
        throw new WirepactError('FORBIDDEN', 'The document is as long as it may be.')
      }
      if (!document.text.apply(edit))
        throw new WirepactError('INVALID_PAYLOAD', 'There is no such character.')
      const version = ++document.version
      await ctx.channels.document().publish('edited', { version, edit }, { except: [ctx.id] })
    },

    async point(ctx, { after }) {
      const cursor = { connection: ctx.id, name: ctx.query.name, after }
      await ctx.channels.document().publish('pointed', cursor, { except: [ctx.id] })
    },
  }
}
