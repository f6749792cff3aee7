import { type ServerFrame, WirepactError } from '@wirepact/protocol'

/** What must hold of the parts of each frame: `s`tring, `i`d, id or `n`ull, `o`bject, `c`ount, `l`ist, anything: `_`. */
const shapes: Readonly<Record<string, string>> = {
  publication: 'ss_n',
  reply: 'i_',
  event: 's_',
  error: 'no',
  ping: '',
  joined: 'nso',
  left: 'ns',
  skip: 'si',
  presence: 'sl',
  item: 'i_',
  end: 'i',
  ack: 'c',
  request: 'is_',
  stream: 'is_c',
  credit: 'ic',
  cancel: 'i',
  refresh: 'i',
  welcome: 'o',
  bye: 'o',
}

/**
 * A frame of the server. Throws `INVALID_FRAME` or `WRONG_KIND`. It asks for the same forms as `decodeServerFrame`, in less code,
 * and leaves out depth and keys, which defend against strangers: a client has chosen its server.
 */
export function decodeFrame(data: unknown): ServerFrame {
  try {
    const frame = JSON.parse(data as string)
    if (
      Array.isArray(frame) &&
      typeof frame[0] === 'string' &&
      [...(shapes[frame[0]] as string)].every((kind, at) => fits(kind, frame[at + 1]))
    ) {
      return frame as unknown as ServerFrame
    }
  } catch {
    // Falls through to the refusal, as does a type that is unknown.
  }
  const code = typeof data === 'string' ? 'INVALID_FRAME' : 'WRONG_KIND'
  throw new WirepactError(code, 'The server sent what is no frame that this client knows.')
}

function fits(kind: string, part: unknown): boolean {
  if (kind === '_') return part !== undefined
  if (kind === 's') return typeof part === 'string'
  if (kind === 'l') return Array.isArray(part)
  if (kind === 'o') return typeof part === 'object' && part !== null && !Array.isArray(part)
  return (
    (Number.isSafeInteger(part) && (part as number) >= +(kind === 'c')) || (kind === 'n' && part === null)
  )
}
