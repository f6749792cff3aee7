import { findInstalled } from '../../config/installed.js'
import { type Finding, fail, ok, warn } from './finding.js'

/** The oldest Node that the packages run on, as their manifests say. */
const oldest = '20.19.0'

/** Node itself, and what only newer ones bring along. */
export function checkNode(version: string, folder: string): readonly Finding[] {
  const isFit = isAtLeast(version, oldest)
  const node = isFit
    ? ok(`Node ${version}`)
    : fail(`Node ${version} is too old`, `Install Node ${oldest} or newer.`)
  return [node, checkWebSocket(version, folder), checkSqlite(version, folder)]
}

function checkWebSocket(version: string, folder: string): Finding {
  if (isAtLeast(version, '22.0.0')) return ok(`WebSocket for clients in Node: Node ${version} has it`)
  const installed = findInstalled('ws', folder)
  if (installed !== undefined) return ok(`WebSocket for clients in Node: ws ${installed.version}`)
  return warn('WebSocket for clients in Node: there is none', 'If a client runs in Node: npm install ws')
}

function checkSqlite(version: string, folder: string): Finding {
  if (isAtLeast(version, '22.13.0')) return ok(`SQLite: Node ${version} has it`)
  const installed = findInstalled('@photostructure/sqlite', folder)
  if (installed !== undefined) return ok(`SQLite: @photostructure/sqlite ${installed.version}`)
  return warn('SQLite: there is none', 'If you use sqliteEngine: npm install @photostructure/sqlite@1')
}

/** Compares by number, part by part. */
function isAtLeast(version: string, least: string): boolean {
  const [is, due] = [version, least].map((text) => text.split('.').map((part) => Number.parseInt(part, 10)))
  for (const [index, part] of (due ?? []).entries()) {
    const own = is?.[index] ?? 0
    if (own !== part) return own > part
  }
  return true
}
