import { type Validator, WirepactError } from '@wirepact/protocol'

/**
 * Makes sure that what this side is about to send fits its schema. Throws `INVALID_OUTPUT`, which names the
 * message, at the call that made the mistake.
 */
export function requireValid(validator: Validator, value: unknown, subject: string): void {
  if (validator.check(value)) return
  throw new WirepactError('INVALID_OUTPUT', `The payload of ${subject} does not fit the schema.`, {
    name: subject,
  })
}
