/** See `client.mjs`. */
export function measureClient(options: {
  readonly what: 'request' | 'event' | 'publication'
  readonly effort: { readonly rounds: number; readonly messages: number }
}): Promise<{ readonly ours: number[]; readonly theirs: number[] }>
