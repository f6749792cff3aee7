/** See `stalled.mjs`; the defaults are those of the benchmark. */
export function measureStalled(options: {
  readonly peer?: 'ws'
  readonly members?: number
  readonly minQueuedBytes?: number
  readonly maxBufferedBytes?: number
  readonly effort: {
    readonly instances: number
    readonly blocks: number
    readonly warmUps: number
    readonly turns: number
  }
}): Promise<{ readonly ours: number[]; readonly theirs: number[] }>
