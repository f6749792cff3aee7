import { channelCases } from './diff-channel-cases.js'
import { messageCases } from './diff-message-cases.js'
import type { PartCase } from './diff-part-case.js'
import { policyCases } from './diff-policy-cases.js'
import { apiCases, routeCases } from './diff-route-cases.js'

/** A case for every kind of change of a part. */
export const partCases: readonly PartCase[] = [
  ...apiCases,
  ...routeCases,
  ...messageCases,
  ...policyCases,
  ...channelCases,
]
