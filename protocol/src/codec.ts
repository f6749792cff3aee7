import { WirepactError } from './errors.js'
import type { ClientFrame, Frame, ServerFrame } from './frames.js'
import { type JsonLimits, parseJson } from './parse-json.js'

type Shape = (frame: readonly unknown[]) => boolean
type Shapes = Readonly<Record<string, Shape>>

const isString = (value: unknown): value is string => typeof value === 'string'
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isId = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isIdOrNull = (value: unknown): boolean => value === null || isId(value)

const isCount = (value: unknown): boolean => isId(value) && value !== 0
const isQuestion: Shape = (f) => f.length >= 4 && isId(f[1]) && isString(f[2])
const isAnswer: Shape = (f) => f.length >= 3 && isId(f[1])

/** What must hold of each frame before it is looked into; parts beyond these are ignored. */
const clientShapes: Shapes = {
  event: (f) => f.length >= 3 && isString(f[1]) && (f[3] === undefined || isCount(f[3])),
  request: isQuestion,
  stream: (f) => f.length >= 5 && isQuestion(f) && isCount(f[4]),
  credit: (f) => isId(f[1]) && isCount(f[2]),
  reply: isAnswer,
  error: (f) => isId(f[1]) && isObject(f[2]),
  item: isAnswer,
  end: (f) => isId(f[1]),
  pong: () => true,
  cancel: (f) => isId(f[1]),
  subscribe: (f) => isId(f[1]) && isString(f[2]) && isObject(f[3]),
  unsubscribe: (f) => isId(f[1]) && isString(f[2]),
  history: (f) => isId(f[1]) && isString(f[2]) && isObject(f[3]),
  members: (f) => isId(f[1]) && isString(f[2]) && isObject(f[3]),
  refresh: (f) => isId(f[1]) && (f[2] === null || isString(f[2])),
  hello: (f) => isObject(f[1]),
}

const serverShapes: Shapes = {
  publication: (f) => f.length >= 5 && isString(f[1]) && isString(f[2]) && isIdOrNull(f[4]),
  reply: isAnswer,
  item: isAnswer,
  end: (f) => isId(f[1]),
  ack: (f) => isCount(f[1]),
  event: (f) => f.length >= 3 && isString(f[1]),
  request: isQuestion,
  stream: (f) => f.length >= 5 && isQuestion(f) && isCount(f[4]),
  credit: (f) => isId(f[1]) && isCount(f[2]),
  cancel: (f) => isId(f[1]),
  error: (f) => isIdOrNull(f[1]) && isObject(f[2]),
  ping: () => true,
  joined: (f) => isIdOrNull(f[1]) && isString(f[2]) && isObject(f[3]),
  left: (f) => isIdOrNull(f[1]) && isString(f[2]),
  skip: (f) => isString(f[1]) && isId(f[2]),
  presence: (f) => isString(f[1]) && Array.isArray(f[2]),
  refresh: (f) => isId(f[1]),
  welcome: (f) => isObject(f[1]),
  bye: (f) => isObject(f[1]),
}

/** The text of a frame. Throws `NOT_SERIALIZABLE` when a payload has no JSON form. */
export function encodeFrame(frame: Frame): string {
  try {
    return JSON.stringify(frame)
  } catch (cause) {
    throw new WirepactError('NOT_SERIALIZABLE', undefined, { cause })
  }
}

/** A frame from a client. Throws `INVALID_JSON`, `TOO_DEEP`, `FORBIDDEN_KEY` or `INVALID_FRAME`. */
export function decodeClientFrame(text: string, limits: JsonLimits): ClientFrame {
  return checkShape(parseJson(text, limits), clientShapes) as unknown as ClientFrame
}

/** A frame from a server. Throws like {@link decodeClientFrame}. */
export function decodeServerFrame(text: string, limits: JsonLimits): ServerFrame {
  return checkShape(parseJson(text, limits), serverShapes) as unknown as ServerFrame
}

function checkShape(value: unknown, shapes: Shapes): readonly unknown[] {
  if (!Array.isArray(value) || !isString(value[0])) {
    throw new WirepactError('INVALID_FRAME', 'A frame is an array that starts with its type.')
  }
  const shape = Object.hasOwn(shapes, value[0]) ? shapes[value[0]] : undefined
  if (shape === undefined) throw new WirepactError('INVALID_FRAME', 'There is no frame of this type.')
  if (!shape(value)) throw new WirepactError('INVALID_FRAME', `This is not the form of a ${value[0]} frame.`)
  return value
}
