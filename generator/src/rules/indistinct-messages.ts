import type { Finding } from '../diagnose/diagnostic.js'
import { discriminate } from '../lower/discriminate.js'
import type { MessageModel, RouteModel } from '../model/model.js'
import type { Rule, RuleContext } from './rule.js'

const code = 'INDISTINCT_MESSAGES'

/** INDISTINCT_MESSAGES: the receiver of a bare message can tell which one it is. */
export const indistinctMessages: Rule = (context) =>
  context.model.routes
    .filter((route) => route.isBare)
    .flatMap((route) => [
      ...byContent(route.clientToServer),
      ...byContent(route.serverToClient),
      ...byProperty(route, context),
    ])

/** Text and JSON look alike, and so do two kinds of bytes. Bytes and text do not. */
function byContent(messages: readonly MessageModel[]): readonly Finding[] {
  const texts = messages.filter(({ data }) => data?.content === 'text')
  const isAlone = messages.every(({ data }) => data === null || data.content !== undefined)
  const binaries = messages.filter(({ data }) => data?.content === 'binary')
  const unclear = [...(isAlone ? texts.slice(1) : texts), ...binaries.slice(1)]
  return unclear.map(({ name, path, data }) => {
    const others = data?.content === 'text' ? 'another message that is text' : 'another message of bytes'
    const message = `Nothing tells "${name}" from ${others}.`
    return { code, message, path }
  })
}

function byProperty(route: RouteModel, { lowered }: RuleContext): readonly Finding[] {
  const { unclear, isMissing } = discriminate(route, lowered)
  const { discriminator } = route.options
  if (isMissing) {
    const message =
      'Nothing tells the messages of this bare route apart: no property is required and a const of its own in each.'
    const suggestion = "type: Type.Literal('...')"
    return [{ code, message, path: [...route.path, 'wire'], suggestion }]
  }
  return unclear.map(({ name, path }) => {
    const message = `"${name}" has no required property "${String(discriminator)}" with a const of its own.`
    return { code, message, path }
  })
}
