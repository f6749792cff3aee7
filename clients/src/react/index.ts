'use client'

export { type ClientContext, type ClientProviderProps, createClientContext } from './client-context.js'
export type {
  ListedMessage,
  ListGap,
  MessageList,
  MessageListOptions,
  MessageSource,
} from './message-list.js'
export { useSubscription } from './subscription.js'
export { type ChannelOptions, type ChannelView, useChannel } from './use-channel.js'
export { useEvent } from './use-event.js'
export { useLastMessage, useMessages } from './use-messages.js'
export { useMemberCount, usePresence } from './use-presence.js'
export { type Ask, type RequestState, useRequest } from './use-request.js'
export { useChannelStatus, useStatus } from './use-status.js'
