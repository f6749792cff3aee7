import { auth } from './auth.js'
import { bareRoute } from './bare-route.js'
import { channelParams } from './channel-params.js'
import { cookieName } from './cookie-name.js'
import { duplicateChannel } from './duplicate-channel.js'
import { duplicateMessage } from './duplicate-message.js'
import { duplicateParam } from './duplicate-param.js'
import { duplicateRoute } from './duplicate-route.js'
import { duplicateRouteName } from './duplicate-route-name.js'
import { emptyApi } from './empty-api.js'
import { errorCode } from './error-code.js'
import { forbiddenProperty } from './forbidden-property.js'
import { headerName } from './header-name.js'
import { historyLimits } from './history-limits.js'
import { indistinctMessages } from './indistinct-messages.js'
import { invalidExample } from './invalid-example.js'
import { invalidName } from './invalid-name.js'
import { invalidPattern } from './invalid-pattern.js'
import { keywordValue } from './keyword-value.js'
import { latest } from './latest.js'
import { latestKey } from './latest-key.js'
import { malformedTemplate } from './malformed-template.js'
import { misplacedHistory } from './misplaced-history.js'
import { misplacedPolicy } from './misplaced-policy.js'
import { missingPathParam } from './missing-path-param.js'
import { noJsonForm } from './no-json-form.js'
import { notASchema } from './not-a-schema.js'
import { optionValue } from './option-value.js'
import { presence } from './presence.js'
import { rateLimit } from './rate-limit.js'
import { refinement } from './refinement.js'
import { requiredOption } from './required-option.js'
import { reservedName } from './reserved-name.js'
import { routeName } from './route-name.js'
import type { Rule } from './rule.js'
import { state } from './state.js'
import { subprotocol } from './subprotocol.js'
import { typeNameCollision } from './type-name-collision.js'
import { unknownFormat } from './unknown-format.js'
import { unknownKeyword } from './unknown-keyword.js'
import { unknownOption } from './unknown-option.js'
import { unknownRef } from './unknown-ref.js'
import { unsupportedParameter } from './unsupported-parameter.js'
import { unusedParam } from './unused-param.js'

/** Every rule, in no particular order: what they find is sorted by its place afterwards. */
export const rules: readonly Rule[] = [
  auth,
  bareRoute,
  channelParams,
  cookieName,
  duplicateChannel,
  duplicateMessage,
  duplicateParam,
  duplicateRoute,
  duplicateRouteName,
  emptyApi,
  errorCode,
  forbiddenProperty,
  headerName,
  historyLimits,
  indistinctMessages,
  invalidExample,
  invalidName,
  invalidPattern,
  keywordValue,
  latest,
  latestKey,
  malformedTemplate,
  misplacedHistory,
  misplacedPolicy,
  missingPathParam,
  noJsonForm,
  notASchema,
  optionValue,
  presence,
  rateLimit,
  refinement,
  requiredOption,
  reservedName,
  routeName,
  state,
  subprotocol,
  typeNameCollision,
  unknownFormat,
  unknownKeyword,
  unknownOption,
  unknownRef,
  unsupportedParameter,
  unusedParam,
]
