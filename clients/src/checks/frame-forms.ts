import { WirepactError } from '@wirepact/protocol'

/**
 * What must hold of the parts of each frame behind its type, a letter each: `s`tring, `i`d, id or `n`ull, `o`bject,
 * `c`ount, `l`ist, anything: `_`.
 */
const forms: Readonly<Record<string, string>> = {
  ...{ welcome: 'o', bye: 'o', ping: '', refresh: 'i', event: 's_', reply: 'i_', error: 'no' },
  ...{ item: 'i_', end: 'i', ack: 'c', request: 'is_', stream: 'is_c', credit: 'ic', cancel: 'i' },
  ...{ joined: 'nso', left: 'ns', publication: 'ss_n', skip: 'si', presence: 'sl' },
}

const isId = (part: unknown) => Number.isSafeInteger(part) && (part as number) >= 0

const letters: Readonly<Record<string, (part: unknown) => boolean>> = {
  s: (part) => typeof part === 'string',
  i: isId,
  n: (part) => part === null || isId(part),
  o: (part) => part instanceof Object && !Array.isArray(part),
  c: (part) => part !== 0 && isId(part),
  l: Array.isArray,
  _: (part) => part !== undefined,
}

/** Whether there are frames of this type, be they for this route or not. */
export function isKnownType(type: string): boolean {
  return Object.hasOwn(forms, type)
}

/** Throws `INVALID_FRAME` for a frame whose parts are not what they should be. One of an unknown type is let through. */
export function checkForm(frame: unknown): asserts frame is readonly unknown[] {
  const parts = Array.isArray(frame) && typeof frame[0] === 'string' ? frame : undefined
  const form = parts && Object.hasOwn(forms, parts[0]) ? forms[parts[0]] : ''
  if (!parts || ![...(form ?? '')].every((letter, at) => letters[letter]?.(parts[at + 1]))) {
    throw new WirepactError('INVALID_FRAME')
  }
}
