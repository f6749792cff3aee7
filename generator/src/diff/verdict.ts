/**
 * How bad a change is. `wire-breaking`: clients that are out there stop working. `source-breaking`: they go on
 * working, but code that names something does not compile against the newly generated code. Worst first.
 */
export const changeClasses = ['wire-breaking', 'source-breaking', 'compatible'] as const
export type ChangeClass = (typeof changeClasses)[number]

/** Who receives what a part describes. */
export type Direction = 'toServer' | 'toClient'

/** What a change means, and why. */
export interface Verdict {
  readonly class: ChangeClass
  readonly why: string
}

/** What a kind of change means for what clients send, and for what the server sends. */
export type Verdicts = Readonly<Record<Direction, Verdict>>

export function breaks(why: string): Verdict {
  return { class: 'wire-breaking', why }
}

export function unnames(why: string): Verdict {
  return { class: 'source-breaking', why }
}

export function fine(why: string): Verdict {
  return { class: 'compatible', why }
}

/** The same verdict, whoever sends it. */
export function always(verdict: Verdict): Verdicts {
  return { toServer: verdict, toClient: verdict }
}

/** A change after which less is accepted than before: it breaks whoever sent what is refused now. */
export function narrows(toServer: string): Verdicts {
  return { toServer: breaks(toServer), toClient: fine('Old clients know all that the server still sends.') }
}

/** A change after which more is accepted than before: it breaks whoever receives what is new. */
export function widens(toClient: string): Verdicts {
  return { toServer: fine('The server accepts all that old clients send.'), toClient: breaks(toClient) }
}
