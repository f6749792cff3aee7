/**
 * The formats that can be checked, and the function of `@wirepact/protocol/validation` that checks each. A
 * format that is not here must not reach emission: its check would accept everything.
 */
const formatChecks: Readonly<Record<string, string>> = {
  date: 'isDate',
  'date-time': 'isDateTime',
  duration: 'isDuration',
  email: 'isEmail',
  hostname: 'isHostname',
  'idn-email': 'isIdnEmail',
  'idn-hostname': 'isIdnHostname',
  ipv4: 'isIpv4',
  ipv6: 'isIpv6',
  iri: 'isIri',
  'iri-reference': 'isIriReference',
  'json-pointer': 'isJsonPointer',
  regex: 'isRegex',
  'relative-json-pointer': 'isRelativeJsonPointer',
  time: 'isTime',
  uri: 'isUri',
  'uri-reference': 'isUriReference',
  'uri-template': 'isUriTemplate',
  uuid: 'isUuid',
}

/** The function that checks `format`, or undefined for a format that nobody knows. */
export function formatCheck(format: string): string | undefined {
  return Object.hasOwn(formatChecks, format) ? formatChecks[format] : undefined
}
