/** What a server logs, as one line of the story; an error with its stack. */
export function describe(details: object): string {
  const { error, ...rest } = details as { error?: unknown }
  return `${error instanceof Error ? (error.stack ?? error.message) : ''} ${JSON.stringify(rest)}`
}
