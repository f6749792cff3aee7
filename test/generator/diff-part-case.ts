import type { ApiIr, ChangeClass, Kind } from 'wirepact/compiler'

/** One change of an API, and what it means. */
export type PartCase = readonly [kind: Kind, name: string, before: ApiIr, after: ApiIr, as: ChangeClass]
