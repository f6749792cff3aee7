import { always, breaks, fine, unnames, type Verdicts } from '../verdict.js'

const apiKinds = {
  TITLE_CHANGED: always(fine('It is for people alone.')),
  VERSION_CHANGED: always(fine('Wirepact gives it no meaning.')),
  DESCRIPTION_CHANGED: always(fine('It is for people alone.')),
  EXAMPLES_CHANGED: always(fine('They are for people alone.')),
  DEPRECATED: always(fine('It works as before.')),
  DEPRECATION_LIFTED: always(fine('It works as before.')),
} satisfies Record<string, Verdicts>

const routeKinds = {
  ROUTE_ADDED: always(fine('Old clients do not connect to it.')),
  PATHS_TAKEN: always(breaks('Old clients that connect to such a path come to another route.')),
  ROUTE_REMOVED: always(breaks('Old clients connect to a path that is not there any more.')),
  ROUTE_RENAMED: always(
    unnames('Code that names the route does not compile any more; the path is the same.'),
  ),
  PATH_CHANGED: always(breaks('Old clients connect to the old path.')),
  PATH_PARAMETER_RENAMED: always(
    unnames('Code that gives the parameter does not compile any more; the paths are the same.'),
  ),
  WIRE_CHANGED: always(breaks('Old clients write their messages in the other way.')),
  DISCRIMINATOR_CHANGED: always(breaks('Old clients tell messages apart by the other property.')),
  SUBPROTOCOL_ADDED: always(fine('Old clients do not ask for it.')),
  SUBPROTOCOL_REMOVED: always(breaks('Old clients that ask for it alone are refused.')),
  SUBPROTOCOLS_REORDERED: always(fine('Old clients are answered with one that they asked for.')),
  STATE_CHANGED: always(
    unnames('Handlers that use `ctx.state` may not compile; nothing of it is ever sent.'),
  ),
  AUTH_ADDED: always(breaks('Old clients that nobody knows are refused.')),
  AUTH_REMOVED: always(fine('Whoever was let in still is.')),
  SCOPE_ADDED: always(breaks('Old clients without this scope are refused.')),
  SCOPE_REMOVED: always(fine('Whoever was let in still is.')),
} satisfies Record<string, Verdicts>

const messageKinds = {
  MESSAGE_ADDED: {
    toServer: fine('Old clients do not send it.'),
    toClient: fine('Old clients ignore messages that they do not know.'),
  },
  QUESTION_ADDED: {
    toServer: fine('Old clients do not ask it.'),
    toClient: breaks('Old clients cannot answer it.'),
  },
  BARE_MESSAGE_ADDED: {
    toServer: fine('Old clients do not send it.'),
    toClient: breaks('Without an envelope, old clients cannot tell what it is.'),
  },
  MESSAGE_REMOVED: {
    toServer: breaks('Old clients send it, and the server does not know it any more.'),
    toClient: unnames('Code that waits for it does not compile any more; old clients wait in vain.'),
  },
  MESSAGE_RENAMED: {
    toServer: breaks('Old clients send it by the old name.'),
    toClient: breaks('Old clients wait for it by the old name.'),
  },
  BARE_MESSAGE_RENAMED: always(
    unnames('Code that names it does not compile any more; without an envelope the name is not sent.'),
  ),
  MESSAGE_KIND_CHANGED: always(breaks('The two sides expect different answers, or one where there is none.')),
  PAYLOAD_ADDED: {
    toServer: breaks('Old clients send nothing where something is due.'),
    toClient: fine('Old clients do not look at it.'),
  },
  PAYLOAD_REMOVED: {
    toServer: breaks('Old clients send something where nothing is due.'),
    toClient: breaks('Old clients expect something where nothing comes.'),
  },
  CONTENT_CHANGED: {
    toServer: breaks('Old clients send it in the other form.'),
    toClient: breaks('Old clients expect it in the other form.'),
  },
  MEDIA_TYPE_CHANGED: {
    toServer: breaks('Old clients send bytes of the old type.'),
    toClient: breaks('Old clients read the bytes as those of the old type.'),
  },
  MAX_BYTES_LOWERED: {
    toServer: breaks('Old clients may send more.'),
    toClient: fine('Old clients take as much.'),
  },
  MAX_BYTES_RAISED: {
    toServer: fine('Old clients do not send as much.'),
    toClient: breaks('Old clients may refuse as much.'),
  },
  ERROR_ADDED: {
    toServer: fine('Old clients do not answer with it.'),
    toClient: fine('A caller expects codes that it does not know, such as TIMEOUT.'),
  },
  ERROR_REMOVED: {
    toServer: breaks('Old clients may answer with it, and the server does not know it any more.'),
    toClient: unnames('Code that names the error does not compile any more; it just never comes.'),
  },
  DELIVERY_ACKNOWLEDGED: always(fine('Old clients send it without a sequence, and the server handles it.')),
  DELIVERY_NOT_ACKNOWLEDGED: always(
    breaks('What old clients send again after a reconnect may be handled twice.'),
  ),
  IDEMPOTENT_ADDED: always(fine('Old clients do not repeat it.')),
  IDEMPOTENT_REMOVED: always(breaks('Old clients still repeat it when the answer was lost.')),
  RATE_LIMIT_TIGHTENED: always(breaks('Old clients that keep to the old limit are refused.')),
  RATE_LIMIT_LOOSENED: always(fine('Old clients stay within it.')),
  BACKPRESSURE_WEAKENED: always(breaks('Old clients that are slow miss messages and are not told.')),
  BACKPRESSURE_STRENGTHENED: always(fine('Old clients miss nothing that came before.')),
  BACKPRESSURE_KEY_CHANGED: always(breaks('Old clients that are slow miss other messages than before.')),
} satisfies Record<string, Verdicts>

const channelKinds = {
  CHANNEL_ADDED: always(fine('Old clients ignore channels that they do not know.')),
  NAMES_TAKEN: always(breaks('Old clients that are members of such a channel come to another one.')),
  CHANNEL_REMOVED: {
    toServer: breaks('Old clients ask to become members and are refused.'),
    toClient: unnames('Code that names the channel does not compile any more; old clients hear nothing.'),
  },
  CHANNEL_RENAMED: always(
    unnames('Code that names the channel does not compile any more; its name on the wire is the same.'),
  ),
  CHANNEL_NAME_CHANGED: always(breaks('Old clients know the channel by its old name.')),
  CHANNEL_PARAMETER_RENAMED: always(
    unnames('Code that gives the parameter does not compile any more; the names are the same.'),
  ),
  JOIN_RESTRICTED: always(breaks('Old clients that ask to become members may be refused.')),
  JOIN_OPENED: always(fine('Whoever could become a member still can.')),
  HISTORY_ADDED: always(fine('Old clients may use it.')),
  HISTORY_REMOVED: always(breaks('Old clients that come back cannot get what they missed.')),
  HISTORY_SHORTENED: always(fine('A client that missed more than is kept is told so.')),
  HISTORY_LENGTHENED: always(fine('A client gets back at least what it got before.')),
  REPLAY_CHANGED: always(fine('Members are ready for any number of earlier publications.')),
  LATEST_ADDED: always(breaks('Old clients take values that were replaced for lost ones.')),
  LATEST_REMOVED: always(breaks('Old clients that come back are not sent what is so now.')),
  LATEST_KEY_CHANGED: always(fine('Clients take values in any order, and the newest ones at last.')),
  LATEST_SHORTENED: always(fine('Clients do without values that nobody published lately.')),
  LATEST_LENGTHENED: always(fine('Clients get at least the values that they got before.')),
  ROSTER_CHANGED: always(breaks('Old clients expect members to be told in the old form.')),
  GRACE_CHANGED: always(fine('Clients are told of those who left, sooner or later.')),
  MESSAGE_KEPT: always(fine('Clients that come back get it, too.')),
  MESSAGE_NOT_KEPT: always(breaks('Clients that come back miss it and are not told.')),
  PRESENCE_ADDED: {
    toServer: breaks('Old clients join without telling about themselves.'),
    toClient: fine('Old clients do not look at it.'),
  },
  PRESENCE_REMOVED: always(unnames('Code that looks at the members does not compile any more.')),
} satisfies Record<string, Verdicts>

/** The kinds of change to the parts of an API: routes, messages, channels. */
export const partKinds = { ...apiKinds, ...routeKinds, ...messageKinds, ...channelKinds }
