import { isDate, isDateTime, isDuration, isTime } from './date-time.js'
import { isEmail, isIdnEmail } from './email.js'
import { isHostname, isIdnHostname } from './hostname.js'
import { isIpv4, isIpv6 } from './ip.js'
import { isJsonPointer, isRelativeJsonPointer } from './json-pointer.js'
import { isRegex } from './regex.js'
import { isIri, isIriReference, isUri, isUriReference } from './uri.js'
import { isUriTemplate } from './uri-template.js'
import { isUuid } from './uuid.js'

/** The function that checks each format, by the format's name. */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', isDate],
  ['date-time', isDateTime],
  ['duration', isDuration],
  ['email', isEmail],
  ['hostname', isHostname],
  ['idn-email', isIdnEmail],
  ['idn-hostname', isIdnHostname],
  ['ipv4', isIpv4],
  ['ipv6', isIpv6],
  ['iri', isIri],
  ['iri-reference', isIriReference],
  ['json-pointer', isJsonPointer],
  ['regex', isRegex],
  ['relative-json-pointer', isRelativeJsonPointer],
  ['time', isTime],
  ['uri', isUri],
  ['uri-reference', isUriReference],
  ['uri-template', isUriTemplate],
  ['uuid', isUuid],
])
