import { type ServerFrame, WirepactError } from '@wirepact/protocol'

type FrameOf<Type> = Extract<ServerFrame, readonly [type: Type, ...unknown[]]>

/**
 * Who takes which frames, and what must hold of a frame's parts behind its type, a letter each: `s`tring, `i`d, id
 * or `n`ull, `o`bject, `c`ount, `l`ist, anything: `_`.
 */
export type Frames = {
  readonly [Type in ServerFrame[0]]?: readonly [form: string, take: (frame: FrameOf<Type>) => void]
}

const isId = (part: unknown) => Number.isSafeInteger(part) && (part as number) >= 0

const forms: Readonly<Record<string, (part: unknown) => boolean>> = {
  s: (part) => typeof part === 'string',
  i: isId,
  n: (part) => part === null || isId(part),
  o: (part) => part instanceof Object && !Array.isArray(part),
  c: (part) => part !== 0 && isId(part),
  l: Array.isArray,
  _: (part) => part !== undefined,
}

/**
 * Gives a frame to who takes it. Throws `INVALID_FRAME` for what is none of `frames`. Depth and keys, which a server
 * checks too, are no concern here: they defend against strangers, and a client has chosen its server.
 */
export function take(data: unknown, frames: Frames): void {
  const [, taker] = find(data, frames) ?? []
  if (!taker) throw new WirepactError('INVALID_FRAME')
  taker(data as never)
}

function find(data: unknown, frames: Frames): Frames[keyof Frames] {
  try {
    const parts = [...(data as readonly [keyof Frames])]
    const found = frames[parts[0] as keyof Frames]
    if ([...`s${found?.[0]}`].every((letter, at) => forms[letter]?.(parts[at]))) return found
  } catch {
    // It is no array at all.
  }
  return undefined
}
