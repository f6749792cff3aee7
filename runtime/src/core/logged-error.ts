/** An error as it is logged. */
export interface LoggedError {
  readonly type: string
  readonly message: string
  readonly stack: string
  readonly code?: string | number
  readonly cause?: LoggedError
}

/** How many causes behind one another are looked at. */
const maxCauses = 5

/**
 * What a log may know of something that was thrown: who made it and where. What else it carries, and anything that is
 * no error, may be a payload.
 */
export function toLoggedError(thrown: unknown, depth = 0): LoggedError {
  if (!(thrown instanceof Error)) return notAnError(thrown)
  const { name, message, stack = '', cause } = thrown
  const code = readCode(thrown)
  const text = hasPayload(thrown) ? 'The text is not JSON.' : message
  return {
    type: name,
    message: text,
    stack: text === message ? stack : stack.replace(message, text),
    ...(code !== undefined && { code }),
    ...(cause !== undefined && depth < maxCauses && { cause: toLoggedError(cause, depth + 1) }),
  }
}

function notAnError(thrown: unknown): LoggedError {
  return {
    type: typeof thrown,
    message: `Something that is no Error was thrown: a ${typeof thrown}.`,
    stack: '',
  }
}

/** `JSON.parse` quotes what it could not parse. */
function hasPayload(error: Error): boolean {
  return error instanceof SyntaxError && /JSON/.test(error.message)
}

function readCode(error: Error): string | number | undefined {
  const code: unknown = 'code' in error ? error.code : undefined
  return typeof code === 'string' || typeof code === 'number' ? code : undefined
}
