import { type ServerFrame, WirepactError } from '@wirepact/protocol'

type FrameOf<Type> = Extract<ServerFrame, readonly [type: Type, ...unknown[]]>

/** Who takes which frames. */
export type Frames = { readonly [Type in ServerFrame[0]]?: (frame: FrameOf<Type>) => void }

/**
 * Gives a frame to who takes it. Throws `INVALID_FRAME` for what is none of `frames`. What is in it is looked at by the
 * checks, where there is a reason to: a server with the contract of this client has the same idea of a frame.
 */
export function take(data: unknown, frames: Frames): void {
  const found = Array.isArray(data) && Object.hasOwn(frames, data[0]) && frames[data[0] as keyof Frames]
  if (!found) throw new WirepactError('INVALID_FRAME')
  found(data as never)
}
