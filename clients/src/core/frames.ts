import type { ServerFrame } from '@wirepact/protocol/client'

/** What takes the parts of a frame behind its type. */
type Take<Frame> = Frame extends readonly [type: string, ...parts: infer Parts]
  ? (...parts: Parts) => void
  : never

/** Who takes which frames. */
export type Frames = {
  [Type in ServerFrame[0]]?: Take<Extract<ServerFrame, readonly [type: Type, ...unknown[]]>>
}
