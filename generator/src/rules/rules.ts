import { duplicateChannel } from './duplicate-channel.js'
import { duplicateMessage } from './duplicate-message.js'
import { duplicateRoute } from './duplicate-route.js'
import { emptyApi } from './empty-api.js'
import { errorCode } from './error-code.js'
import { historyLimits } from './history-limits.js'
import { invalidName } from './invalid-name.js'
import { invalidPattern } from './invalid-pattern.js'
import { keywordValue } from './keyword-value.js'
import { malformedTemplate } from './malformed-template.js'
import { misplacedHistory } from './misplaced-history.js'
import { missingPathParam } from './missing-path-param.js'
import { noJsonForm } from './no-json-form.js'
import { notASchema } from './not-a-schema.js'
import { optionValue } from './option-value.js'
import { refinement } from './refinement.js'
import { requiredOption } from './required-option.js'
import { reservedName } from './reserved-name.js'
import type { Rule } from './rule.js'
import { typeNameCollision } from './type-name-collision.js'
import { unknownFormat } from './unknown-format.js'
import { unknownKeyword } from './unknown-keyword.js'
import { unknownOption } from './unknown-option.js'
import { unknownRef } from './unknown-ref.js'
import { unsupportedParameter } from './unsupported-parameter.js'
import { unusedParam } from './unused-param.js'

/** Every rule, in no particular order: what they find is sorted by its place afterwards. */
export const rules: readonly Rule[] = [
  duplicateChannel,
  duplicateMessage,
  duplicateRoute,
  emptyApi,
  errorCode,
  historyLimits,
  invalidName,
  invalidPattern,
  keywordValue,
  malformedTemplate,
  misplacedHistory,
  missingPathParam,
  noJsonForm,
  notASchema,
  optionValue,
  refinement,
  requiredOption,
  reservedName,
  typeNameCollision,
  unknownFormat,
  unknownKeyword,
  unknownOption,
  unknownRef,
  unsupportedParameter,
  unusedParam,
]
