/** Every limit of the runtime, with its default. */
export interface Limits {
  /** The largest message that is accepted, in bytes. Larger ones close the connection with 1009. Default 1 MiB. */
  readonly maxPayloadBytes: number
  /** The deepest nesting of a message; deeper ones are answered with `TOO_DEEP`. Default 64. */
  readonly maxDepth: number
  /** Connections at one time; more are refused with 503 `TOO_MANY_CONNECTIONS`. Default 100,000. */
  readonly maxConnections: number
  /**
   * Connections of one address at one time; more are refused with 429 `TOO_MANY_FROM_ADDRESS`. Default: no limit,
   * because behind a proxy that is not trusted all clients have one address.
   */
  readonly maxConnectionsPerAddress: number
  /**
   * Attempts of one address to connect, per second over time; more are refused with 429 `RATE_LIMITED`. Default: no
   * limit. An IPv6 address stands for its network of 64 bits, here and wherever something is limited per address.
   */
  readonly connectsPerSecond: number
  /** Attempts of one address to connect at once, where `connectsPerSecond` is limited. Default 20. */
  readonly maxConnectBurst: number
  /**
   * Messages of one connection, per second over time, whatever the schema says for each; more are refused with
   * `RATE_LIMITED` and count as bad messages. Default: no limit.
   */
  readonly messagesPerSecond: number
  /** Messages of one connection at once, where `messagesPerSecond` is limited. Default 100. */
  readonly maxMessageBurst: number
  /** The same for all connections of one user together, as far as it was granted. Default: no limit. */
  readonly userMessagesPerSecond: number
  /** Messages of one user at once, where `userMessagesPerSecond` is limited. Default 200. */
  readonly maxUserMessageBurst: number
  /** The same for all connections of one address together. Default: no limit. */
  readonly addressMessagesPerSecond: number
  /** Messages of one address at once, where `addressMessagesPerSecond` is limited. Default 500. */
  readonly maxAddressMessageBurst: number
  /**
   * Addresses, and users, whose rates are remembered at one time; of more, the one that was heard of least recently
   * is forgotten. Default 100,000.
   */
  readonly maxRateKeys: number
  /** How long a client may take from the upgrade to `hello`, and the `connect` handler to settle. Default 10,000. */
  readonly handshakeTimeoutMs: number
  /** Channels that one connection may be a member of; more are refused with `TOO_MANY_CHANNELS`. Default 1,000. */
  readonly maxChannels: number
  /**
   * Requests, streams and events of one connection that may be worked on at one time, and questions of the server to
   * it that may be unanswered; more are refused with `TOO_MANY_PENDING`. When that many handlers of events run, the
   * client waits, for `pingTimeoutMs` at most, before more are refused. Default 256.
   */
  readonly maxPending: number
  /** Items that a stream's reader may allow at one time; more are refused with `INVALID_FRAME`. Default 10,000. */
  readonly maxCredit: number
  /** Questions to clients of other nodes that may be unanswered; more are refused with `TOO_MANY_PENDING`. Default 10,000. */
  readonly maxRemoteCalls: number
  /** How long the server waits for the answer of a client, where the call does not say. Default 30,000; 0 for ever. */
  readonly callTimeoutMs: number
  /**
   * How long a session's acknowledged events are remembered after the last of them, so that none is handled twice.
   * Default 86,400,000, a day.
   */
  readonly sessionTtlMs: number
  /**
   * Bytes that may wait for a connection before it is taken not to keep up: streams pause, and messages with a policy
   * for backpressure are dropped or replaced, until they have left. Default 256 KiB.
   */
  readonly maxUnsentBytes: number
  /**
   * Bytes that may wait for one connection: to be sent, for its welcome, for a history to be read, or because the latest
   * of them is enough. More close it with 4002. Default 4 MiB.
   */
  readonly maxBufferedBytes: number
  /** Bad messages that are forgiven at once; one more closes the connection with 4505. Default 20. */
  readonly maxInvalid: number
  /** Bad messages that are forgiven per second over time. Default 1. */
  readonly invalidPerSecond: number
  /**
   * Missed publications that a recovery may bring; more are a gap with the reason `too-many`, and so is more than half
   * of `maxBufferedBytes`. Default 1,000.
   */
  readonly maxRecovered: number
  /** Publications that wait while a member's history is read; more end its connection with 4002. Default 10,000. */
  readonly maxHeld: number
  /** The largest page of history that a client may ask for. Default 1,000. */
  readonly maxHistoryPage: number
  /** The largest page of members that may be asked for. Default 1,000. */
  readonly maxMembersPage: number
  /**
   * How often, at most, the members of a channel that shows a count are told that it has changed. Default 1,000.
   */
  readonly presenceCountIntervalMs: number
  /**
   * Members whose connection was lost and that are waited for (`graceMs`), at one time; one more leaves at once.
   * Default 100,000.
   */
  readonly maxLingering: number
  /** How long the key of a publication is remembered. Default 120,000, two minutes. */
  readonly publishKeyTtlMs: number
  /** Keys of publications that a channel remembers; the oldest is forgotten first. Default 10,000. */
  readonly maxPublishKeys: number
  /** The longest key of a publication, in characters; a longer one is refused with `TOO_BIG`. Default 256. */
  readonly maxPublishKeyLength: number
  /**
   * How long a channel waits for what it asks its handlers: a guard (`authorize`), which lets nobody in then (`TIMEOUT`),
   * and `firstJoin`, `lastLeave` and `missing`, behind which the next one is called then. It is logged. Default 30,000;
   * 0 for ever.
   */
  readonly hookTimeoutMs: number
  /**
   * Channels that may have members on this server at one time; who would be the first in another one is refused with
   * `TOO_MANY_CHANNELS`. Default 100,000.
   */
  readonly maxServerChannels: number
  /**
   * How often a client may be the first in a channel by asking for it, at once; more is refused with `RATE_LIMITED`.
   * Default 1,000.
   */
  readonly maxNewChannels: number
  /** The same per second over time. Default 10. */
  readonly newChannelsPerSecond: number
  /** The longest name of a channel that a client may ask for, in characters; a longer one is unknown. Default 1,000. */
  readonly maxChannelName: number
  /**
   * How long before a grant expires the client is asked for a fresh credential, where it can be and a `refresh` handler
   * is there; at half of the grant's time where that is later, and again at every half of what is left. Default 60,000.
   */
  readonly refreshBeforeMs: number
  /** Fresh credentials of one client, per second over time; more are refused with `RATE_LIMITED`. Default 1. */
  readonly refreshesPerSecond: number
  /** Fresh credentials of one client at once. Default 10. */
  readonly maxRefreshBurst: number
  /** The longest name of a user, in characters; a longer one is refused with `INVALID_GRANT`. Default 256. */
  readonly maxUserLength: number
  /** How often a connection is sent a ping. Default 25,000; 0 for never, and nothing dead is found then. */
  readonly pingIntervalMs: number
  /**
   * How long nothing may be said either way, heartbeats aside, before a connection is closed with 4003; up to a quarter
   * of it longer. Default 0: for ever.
   */
  readonly idleTimeoutMs: number
  /** How long an answer to a ping may take before the connection is taken for dead. Default 20,000. */
  readonly pingTimeoutMs: number
}

/** What clients are told of, in JSON, which has no infinity. */
const told: ReadonlySet<string> = new Set(['maxPayloadBytes', 'pingIntervalMs', 'pingTimeoutMs'])

/** The defaults with what differs. Throws a `RangeError` for a limit that is no number from 0 on. */
export function toLimits(given: Partial<Limits> = {}): Limits {
  const known = Object.entries(given).filter(([, value]) => value !== undefined)
  for (const [name, value] of known) {
    if (!Object.hasOwn(defaultLimits, name)) throw new RangeError(`There is no limit ${name}.`)
    if (typeof value !== 'number' || !(value >= 0)) throw new RangeError(`${name} is a number from 0 on.`)
    if (value === Number.POSITIVE_INFINITY && told.has(name))
      throw new RangeError(`${name} is a finite number.`)
  }
  return { ...defaultLimits, ...Object.fromEntries(known) }
}

export const defaultLimits: Limits = {
  maxPayloadBytes: 1024 * 1024,
  maxDepth: 64,
  maxConnections: 100_000,
  maxConnectionsPerAddress: Number.POSITIVE_INFINITY,
  connectsPerSecond: Number.POSITIVE_INFINITY,
  maxConnectBurst: 20,
  messagesPerSecond: Number.POSITIVE_INFINITY,
  maxMessageBurst: 100,
  userMessagesPerSecond: Number.POSITIVE_INFINITY,
  maxUserMessageBurst: 200,
  addressMessagesPerSecond: Number.POSITIVE_INFINITY,
  maxAddressMessageBurst: 500,
  maxRateKeys: 100_000,
  handshakeTimeoutMs: 10_000,
  maxChannels: 1000,
  maxPending: 256,
  maxCredit: 10_000,
  maxRemoteCalls: 10_000,
  callTimeoutMs: 30_000,
  sessionTtlMs: 86_400_000,
  maxUnsentBytes: 256 * 1024,
  maxBufferedBytes: 4 * 1024 * 1024,
  maxInvalid: 20,
  invalidPerSecond: 1,
  maxRecovered: 1000,
  maxHeld: 10_000,
  maxHistoryPage: 1000,
  maxMembersPage: 1000,
  presenceCountIntervalMs: 1000,
  maxLingering: 100_000,
  publishKeyTtlMs: 120_000,
  maxPublishKeys: 10_000,
  maxPublishKeyLength: 256,
  hookTimeoutMs: 30_000,
  maxServerChannels: 100_000,
  maxNewChannels: 1000,
  newChannelsPerSecond: 10,
  maxChannelName: 1000,
  refreshBeforeMs: 60_000,
  refreshesPerSecond: 1,
  maxRefreshBurst: 10,
  maxUserLength: 256,
  pingIntervalMs: 25_000,
  idleTimeoutMs: 0,
  pingTimeoutMs: 20_000,
}
