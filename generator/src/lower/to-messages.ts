import type { BackpressureIr, EventIr, MessageIr, RequestIr, StreamIr } from '../ir.js'
import type { MessageModel, Options } from '../model/model.js'
import { authOf, docsOf, rateLimitOf } from './common-options.js'
import { byKey } from './contract.js'
import type { Lowered } from './lowered.js'

export function toMessage(message: MessageModel, lowered: Lowered): MessageIr {
  if (message.kind === 'event') return toEvent(message, lowered)
  return message.kind === 'stream' ? toStream(message, lowered) : toRequest(message, lowered)
}

export function toEvent(message: MessageModel, lowered: Lowered): EventIr {
  const { name, typeName, options } = message
  return {
    kind: 'event',
    name,
    typeName,
    ...docsOf(options),
    data: lowered.nameOf(message.data),
    ...(options.delivery === 'acknowledged' && { delivery: options.delivery }),
    ...rateLimitOf(options),
    ...backpressureOf(options),
    ...authOf([options]),
  }
}

function toRequest(message: MessageModel, lowered: Lowered): RequestIr {
  const { name, typeName, options } = message
  return {
    kind: 'request',
    name,
    typeName,
    ...docsOf(options),
    input: lowered.nameOf(message.input),
    output: lowered.nameOf(message.output),
    errors: toErrors(message, lowered),
    ...(options.idempotent === true && { idempotent: true as const }),
    ...rateLimitOf(options),
    ...authOf([options]),
  }
}

function toStream(message: MessageModel, lowered: Lowered): StreamIr {
  const { name, typeName, options } = message
  return {
    kind: 'stream',
    name,
    typeName,
    ...docsOf(options),
    input: lowered.nameOf(message.input),
    item: lowered.nameOf(message.item) ?? '',
    errors: toErrors(message, lowered),
    ...rateLimitOf(options),
    ...authOf([options]),
  }
}

function toErrors(message: MessageModel, lowered: Lowered): RequestIr['errors'] {
  return message.errors
    .map(({ code, data }) => ({ code, data: lowered.nameOf(data) }))
    .sort(byKey((error) => error.code))
}

function backpressureOf({ backpressure, key }: Options): { readonly backpressure?: BackpressureIr } {
  if (backpressure === 'close' || backpressure === 'drop') return { backpressure: { policy: backpressure } }
  if (backpressure !== 'latest') return {}
  return { backpressure: { policy: backpressure, ...(typeof key === 'string' && { key }) } }
}
