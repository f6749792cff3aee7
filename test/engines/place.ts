import type { Draft, Engine, Retention } from '@wirepact/runtime'
import { RecordingListener } from './listener.js'
import type { VirtualClock } from './virtual-clock.js'

/** Where engines keep their state in one test. */
export interface Place {
  readonly clock: VirtualClock
  /** How long a channel must have been idle before its epoch may be forgotten. */
  readonly forgetAfterMs: number
  /** The same for one that nothing was published in. */
  readonly forgetEmptyAfterMs: number
  /** A new engine; over the same state, where the technology allows for that. */
  make(): Engine
  /** Gives the engine every occasion to forget what it may. */
  idle(engine: Engine): Promise<void>
  /** Lets the engine look after what it keeps, without much time passing. */
  upkeep(): Promise<void>
  /** Lets nodes learn of each other. */
  settle(): Promise<void>
  remove(): Promise<void>
}

/** A node that was opened, and what its listener was told. */
export interface Node {
  readonly engine: Engine
  readonly listener: RecordingListener
}

let count = 0

export async function openNode(engine: Engine): Promise<Node> {
  const listener = new RecordingListener()
  await engine.open(`node-${process.pid}-${++count}`, listener)
  return { engine, listener }
}

/** Keeps everything. */
export const everything: Retention = {
  maxMessages: Number.POSITIVE_INFINITY,
  maxBytes: Number.POSITIVE_INFINITY,
  ttlMs: Number.POSITIVE_INFINITY,
}

export function draft(data: string, at = 1): Draft {
  return { name: 'said', data, at }
}

/** Appends to the channel `room`, in one turn of the event loop; answers with the offsets. */
export async function appendAll(engine: Engine, texts: readonly string[], keep = everything) {
  const positions = await Promise.all(texts.map((text) => engine.append('room', draft(text), keep)))
  return positions.map((position) => position.offset)
}

/** The data of everything that is kept. */
export async function readAll(engine: Engine, channel: string, keep = everything): Promise<string[]> {
  const page = await engine.read(channel, { limit: 10_000, after: 0 }, keep)
  return page.publications.map((publication) => publication.data)
}

/** Who is in a channel, without the order, which is the engine's own. */
export async function membersOf(engine: Engine, channel: string) {
  const members = await engine.members(channel)
  return members.map(({ order: _, ...entry }) => entry)
}

export async function epochOf(engine: Engine, channel: string): Promise<string> {
  return (await engine.read(channel, { limit: 0, after: 0 }, everything)).epoch
}
