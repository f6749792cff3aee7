import { always, breaks, fine, narrows, unnames, type Verdicts, widens } from '../verdict.js'

const refused = 'Old clients may send what the server refuses now.'
const unknown = 'The server may send what old clients do not expect.'
const either: Verdicts = { toServer: breaks(refused), toClient: breaks(unknown) }

const typeKinds = {
  TYPE_RENAMED: always(unnames('Code that names the type does not compile any more.')),
  TYPE_NARROWED: narrows('Old clients may send the types that are refused now.'),
  TYPE_WIDENED: widens('The server may send types that old clients do not expect.'),
  TYPE_CHANGED: either,
  NULL_ALLOWED: widens('The server may send null, and old clients do not expect it.'),
  NULL_REFUSED: narrows('Old clients may send null.'),
  ENUM_VALUE_ADDED: widens('The server may send a value that old clients do not know.'),
  ENUM_VALUE_REMOVED: {
    toServer: breaks('Old clients may send it.'),
    toClient: unnames('Code that compares with it does not compile any more; it just never comes.'),
  },
  ENUM_INTRODUCED: narrows(refused),
  ENUM_DROPPED: widens('The server may send values that old clients do not know.'),
  CONST_CHANGED: either,
  UNION_MEMBER_ADDED: widens('The server may send a variant that old clients do not know.'),
  UNION_MEMBER_REMOVED: {
    toServer: breaks('Old clients may send this variant.'),
    toClient: unnames('Code that names the variant may not compile any more; it just never comes.'),
  },
} satisfies Record<string, Verdicts>

const ignored = fine('Old clients ignore it.')
const unsettable = unnames('Code that gives it does not compile any more; the server ignores it.')
const unreadable = unnames('Code that reads it does not compile any more; old clients do without it already.')
const missing = breaks('Old clients rely on it.')
const strict = breaks('The old schema allows no other properties.')
const notSent = breaks('Old clients do not send it.')
const nobodySends = fine('Old clients do not send it, and need not.')
const refusedNow = breaks('Old clients may send it, and the schema allows no other properties.')

const objectKinds = {
  REQUIRED_PROPERTY_ADDED: { toServer: notSent, toClient: ignored },
  OPTIONAL_PROPERTY_ADDED: { toServer: nobodySends, toClient: ignored },
  REQUIRED_PROPERTY_ADDED_TO_CLOSED: { toServer: notSent, toClient: strict },
  OPTIONAL_PROPERTY_ADDED_TO_CLOSED: { toServer: nobodySends, toClient: strict },
  REQUIRED_PROPERTY_REMOVED: { toServer: unsettable, toClient: missing },
  OPTIONAL_PROPERTY_REMOVED: { toServer: unsettable, toClient: unreadable },
  REQUIRED_PROPERTY_REMOVED_FROM_CLOSED: { toServer: refusedNow, toClient: missing },
  OPTIONAL_PROPERTY_REMOVED_FROM_CLOSED: { toServer: refusedNow, toClient: unreadable },
  PROPERTY_MADE_REQUIRED: narrows('Old clients may leave it out.'),
  PROPERTY_MADE_OPTIONAL: widens('Old clients rely on it, and the server may leave it out.'),
  OBJECT_CLOSED: narrows('Old clients may send other properties.'),
  OBJECT_OPENED: widens('The server may send properties that the old schema refuses.'),
  ADDITIONAL_PROPERTIES_RESTRICTED: narrows(refused),
  ADDITIONAL_PROPERTIES_RELEASED: widens(unknown),
} satisfies Record<string, Verdicts>

const arrayKinds = {
  ITEMS_RESTRICTED: narrows('Old clients may send other items.'),
  ITEMS_RELEASED: widens('The server may send items that old clients do not expect.'),
  TUPLE_ITEM_ADDED: widens('The server may send an item more than old clients expect.'),
  TUPLE_ITEM_REMOVED: narrows('Old clients may send an item more.'),
  UNIQUE_ITEMS_REQUIRED: narrows('Old clients may send an item twice.'),
  UNIQUE_ITEMS_LIFTED: widens('The server may send an item twice.'),
} satisfies Record<string, Verdicts>

const lower = narrows('Old clients may send less.')
const lowerLifted = widens('The server may send less than old clients expect.')
const upper = narrows('Old clients may send more.')
const upperLifted = widens('The server may send more than old clients expect.')

const limitKinds = {
  MINIMUM_RAISED: lower,
  MINIMUM_LOWERED: lowerLifted,
  EXCLUSIVE_MINIMUM_RAISED: lower,
  EXCLUSIVE_MINIMUM_LOWERED: lowerLifted,
  MIN_LENGTH_RAISED: lower,
  MIN_LENGTH_LOWERED: lowerLifted,
  MIN_ITEMS_RAISED: lower,
  MIN_ITEMS_LOWERED: lowerLifted,
  MIN_PROPERTIES_RAISED: lower,
  MIN_PROPERTIES_LOWERED: lowerLifted,
  MIN_CONTAINS_RAISED: lower,
  MIN_CONTAINS_LOWERED: lowerLifted,
  MAXIMUM_LOWERED: upper,
  MAXIMUM_RAISED: upperLifted,
  EXCLUSIVE_MAXIMUM_LOWERED: upper,
  EXCLUSIVE_MAXIMUM_RAISED: upperLifted,
  MAX_LENGTH_LOWERED: upper,
  MAX_LENGTH_RAISED: upperLifted,
  MAX_ITEMS_LOWERED: upper,
  MAX_ITEMS_RAISED: upperLifted,
  MAX_PROPERTIES_LOWERED: upper,
  MAX_PROPERTIES_RAISED: upperLifted,
  MAX_CONTAINS_LOWERED: upper,
  MAX_CONTAINS_RAISED: upperLifted,
} satisfies Record<string, Verdicts>

const formKinds = {
  PATTERN_ADDED: narrows(refused),
  PATTERN_REMOVED: widens(unknown),
  PATTERN_CHANGED: either,
  FORMAT_ADDED: narrows(refused),
  FORMAT_REMOVED: widens(unknown),
  FORMAT_CHANGED: either,
  MULTIPLE_OF_TIGHTENED: narrows(refused),
  MULTIPLE_OF_LOOSENED: widens(unknown),
  MULTIPLE_OF_CHANGED: either,
  CONDITION_ADDED: narrows(refused),
  CONDITION_REMOVED: widens(unknown),
  CONDITION_CHANGED: either,
  DEFAULT_CHANGED: always(fine('It is for people alone: nothing fills it in.')),
  ANNOTATION_CHANGED: always(fine('It decides about no value.')),
} satisfies Record<string, Verdicts>

/** The kinds of change to the schemas of payloads and parameters. */
export const schemaKinds = { ...typeKinds, ...objectKinds, ...arrayKinds, ...limitKinds, ...formKinds }
