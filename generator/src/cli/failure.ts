/** What the system refused is said in a line; anything else is a fault of the generator, and keeps its stack. */
export function describeFailure(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return 'syscall' in thrown ? thrown.message : (thrown.stack ?? thrown.message)
}
