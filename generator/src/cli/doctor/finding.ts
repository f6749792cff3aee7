/** What the doctor says about one thing. */
export interface Finding {
  readonly state: 'ok' | 'warn' | 'fail'
  readonly text: string
  /** What to do about it; on every `warn` and `fail`. */
  readonly advice?: string
}

export function ok(text: string): Finding {
  return { state: 'ok', text }
}

export function warn(text: string, advice: string): Finding {
  return { state: 'warn', text, advice }
}

export function fail(text: string, advice: string): Finding {
  return { state: 'fail', text, advice }
}
