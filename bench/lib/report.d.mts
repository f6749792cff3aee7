/** What came of one row; see `report.mjs`. */
export interface Result {
  readonly name: string
  readonly isMet?: boolean | undefined
  readonly failed?: string
}

export function toResult(
  row: {
    readonly name: string
    readonly group: string
    readonly unit: string
    readonly atMost?: number
    readonly atLeast?: number
  },
  measured: {
    readonly figures: { readonly ours: readonly number[]; readonly theirs: readonly number[] }
    readonly isJudged: boolean
  },
): Result

export function toConclusion(run: { readonly isJudged: boolean; readonly results: readonly Result[] }): {
  readonly text: string
  readonly exitCode: number
}
