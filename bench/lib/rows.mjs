import { measureClient } from '../workloads/client.mjs'
import { measureConnects } from '../workloads/connect.mjs'
import { measureIdle } from '../workloads/idle.mjs'
import { measurePublications } from '../workloads/publish.mjs'
import { measureRequests } from '../workloads/request.mjs'
import { measureSqlite } from '../workloads/sqlite.mjs'
import { measureStalled } from '../workloads/stalled.mjs'

/** How much is measured. `quick` is for a first look; its figures scatter. */
export const efforts = {
  full: {
    instances: 3,
    blocks: 7,
    messages: 20_000,
    publications: 200,
    connects: 1000,
    turns: 200,
    // So that SQLite brings its log into the file several times in each block, and not once more in one than in another.
    inserts: 16_000,
    connections: 5000,
    rounds: 3,
    client: { rounds: 15, messages: 40_000 },
    validators: { rounds: 9, roundMs: 60 },
  },
  quick: {
    instances: 1,
    blocks: 3,
    messages: 10_000,
    publications: 60,
    connects: 400,
    turns: 60,
    inserts: 4000,
    connections: 1000,
    rounds: 1,
    client: { rounds: 5, messages: 10_000 },
    validators: { rounds: 3, roundMs: 20 },
  },
}

/** graphql-ws takes thirty times as long. */
const lighten = (effort, peer) =>
  peer === 'graphql-ws' ? { ...effort, messages: effort.messages / 10 } : effort

const request = (peer, inFlight, target) => ({
  group: 'request',
  name: `request and reply, ${inFlight} in flight : ${peer}`,
  unit: 'µs each',
  atMost: target,
  measure: (effort) => measureRequests({ peer, inFlight, effort: lighten(effort, peer) }),
})

const publish = (peer, burst, target) => ({
  group: 'publish',
  name: `publish to 500, ${burst === 1 ? 'one a turn' : `bursts of ${burst}`} : ${peer}`,
  unit: 'µs each',
  atMost: target,
  measure: (effort) => measurePublications({ theirs: { name: peer }, burst, effort }),
})

const history = (burst) => ({
  group: 'history',
  name: `publish with history, ${burst === 1 ? 'one a turn' : `bursts of ${burst}`} : without`,
  unit: 'µs each',
  atMost: 1.15,
  measure: (effort) => {
    const ours = { open: { channel: 'kept' }, server: { channel: 'kept' } }
    return measurePublications({
      ours,
      theirs: { name: 'wirepact', open: { channel: 'feed' } },
      burst,
      effort,
    })
  },
})

const deflate = {
  group: 'deflate',
  name: 'publish with permessage-deflate, one a turn : ws',
  unit: 'µs each',
  atMost: 0.15,
  measure: (effort) => {
    const compressed = {
      server: { compression: { thresholdBytes: 0 } },
      open: { channel: 'feed', deflate: true },
    }
    const theirs = { name: 'ws', server: { compression: true }, open: { deflate: true } }
    return measurePublications({
      ours: compressed,
      theirs,
      burst: 1,
      effort: { ...effort, publications: 20 },
    })
  },
}

const stalled = (peer, target) => ({
  group: 'stalled',
  name: `p99 of 500 with a stalled member : ${peer ?? 'without'}`,
  unit: 'ms',
  atMost: target,
  measure: (effort) => measureStalled({ peer, effort }),
})

const client = (what, article, target) => ({
  group: 'client',
  name: `${article} ${what} in the client : by hand`,
  unit: 'ns each',
  atMost: target,
  measure: (effort) => measureClient({ what, effort: effort.client }),
})

const sqlite = (perTurn, channel, target) => ({
  group: 'sqlite',
  name: `SQLite, 1 kB, ${perTurn} a turn${channel === 'kept' ? ', trimmed' : ''} : bare inserts`,
  unit: 'a second',
  atLeast: target,
  measure: (effort) =>
    measureSqlite({ perTurn, channel, effort: { ...effort, turns: Math.round(effort.inserts / perTurn) } }),
})

/**
 * What is measured, against whom, and what is to come of it: `atMost` and `atLeast` are the targets of the ratio of
 * our figure to the peer's; a row without either is for information.
 */
export const rows = [
  request('ws', 1, 1.0),
  request('ws', 4, 0.65),
  request('ws', 16, 0.65),
  request('socket-io', 1),
  request('socket-io', 4, 0.45),
  request('socket-io', 16, 0.45),
  request('trpc', 1),
  request('trpc', 4, 0.25),
  request('trpc', 16, 0.25),
  request('graphql-ws', 4),
  request('uws', 1),
  request('uws', 4, 1.35),
  request('uws', 16, 1.35),
  publish('ws', 1, 0.9),
  publish('uws', 1, 1.35),
  publish('ws', 10, 0.16),
  publish('socket-io', 10, 0.15),
  publish('uws', 10, 1.35),
  history(1),
  history(10),
  deflate,
  {
    group: 'idle',
    name: 'an idle connection : ws',
    unit: 'bytes each',
    atMost: 1.3,
    measure: ({ connections, rounds }) => measureIdle({ peer: 'ws', connections, rounds }),
  },
  {
    group: 'connect',
    name: 'a connection that comes and goes : ws',
    unit: 'µs each',
    atMost: 1.4,
    measure: (effort) => measureConnects({ peer: 'ws', effort }),
  },
  stalled(undefined, 1.2),
  stalled('ws'),
  client('request', 'a', 1.6),
  client('event', 'an', 2),
  client('publication', 'a', 1.5),
  sqlite(10, 'archive', 0.8),
  sqlite(50, 'archive', 0.8),
  sqlite(50, 'kept'),
]
