type Paint = (text: string) => string

export interface Colours {
  readonly red: Paint
  readonly green: Paint
  readonly cyan: Paint
  readonly dim: Paint
}

/** Paints for a terminal, or paints that change nothing. */
export function createColours(enabled: boolean): Colours {
  const paint = (open: number, close: number): Paint =>
    enabled ? (text) => `\u001B[${open}m${text}\u001B[${close}m` : (text) => text
  return { red: paint(31, 39), green: paint(32, 39), cyan: paint(36, 39), dim: paint(2, 22) }
}
