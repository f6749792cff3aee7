/**
 * Whether to paint what is printed: on a terminal, unless `NO_COLOR` is set. `FORCE_COLOR` goes first, as it does
 * in Node: `0` and `false` mean no, everything else yes.
 */
export function mayPaint(env: Readonly<Record<string, string | undefined>>, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR: none, TERM: terminal } = env
  if (force !== undefined) return force !== '0' && force !== 'false'
  return isTerminal && (none === undefined || none === '') && terminal !== 'dumb'
}
