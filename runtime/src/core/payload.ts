import { type Validator, WirepactError } from '@wirepact/protocol'

/** Whether a payload came as its schema says, as bytes or as JSON, and fits it. */
export function accepts(validator: Validator, data: unknown): boolean {
  return isRightKind(validator, data) && validator.check(data)
}

/** Throws the refusal of a payload that does not fit, with all its problems. */
export async function refusePayload(validator: Validator, value: unknown, subject?: string): Promise<never> {
  const about = subject === undefined ? {} : { name: subject }
  if (!isRightKind(validator, value)) {
    const due =
      validator.content === 'binary' ? 'binary messages, not text' : 'text messages, not binary ones'
    throw new WirepactError('WRONG_KIND', `This is for ${due}.`, about)
  }
  const problems = await validator.explain(value)
  throw new WirepactError('INVALID_PAYLOAD', 'The payload does not fit the schema.', { problems, ...about })
}

function isRightKind(validator: Validator, data: unknown): boolean {
  return data instanceof Uint8Array === (validator.content === 'binary')
}
