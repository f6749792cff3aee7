import { afterEach, beforeEach, describe } from 'vitest'
import { describeAppending } from './conformance/appending.js'
import { describeAttaching } from './conformance/attaching.js'
import { describeForgetting } from './conformance/forgetting.js'
import { describeLifecycle } from './conformance/lifecycle.js'
import { describeNewest } from './conformance/newest.js'
import { describePresence } from './conformance/presence.js'
import { describeReading } from './conformance/reading.js'
import { describeRepeating } from './conformance/repeating.js'
import { describeSessions } from './conformance/sessions.js'
import { describeSharing } from './conformance/sharing.js'
import { type Node, openNode, type Place } from './place.js'

/** What each part of the suite works with: made anew for every test. */
export interface Subject extends Node {
  readonly place: Place
  /** Another node over the same state. */
  other(): Promise<Node>
}

export type GetSubject = () => Subject

export interface EngineTraits {
  /** Whether several nodes can have the same state. */
  readonly isShared: boolean
}

/** One test for each MUST of the contract, over any engine. */
export function describeEngine(name: string, makePlace: () => Promise<Place>, traits: EngineTraits): void {
  describe(name, () => {
    let subject: Subject
    let nodes: Node[]

    beforeEach(async () => {
      const place = await makePlace()
      const other = async () => {
        const node = await openNode(place.make())
        nodes.push(node)
        return node
      }
      nodes = []
      subject = { ...(await other()), place, other }
    })

    afterEach(async () => {
      for (const node of nodes) await node.engine.close()
      await subject.place.remove()
    })

    const get: GetSubject = () => subject
    describeLifecycle(get)
    describeAttaching(get)
    describeAppending(get)
    describeReading(get)
    describeRepeating(get)
    describeNewest(get)
    describePresence(get)
    describeSessions(get)
    describeForgetting(get)
    if (traits.isShared) describeSharing(get)
  })
}
