import { decodeBinaryFrame } from '@wirepact/protocol/client'
import { toBytes } from '../core/codec/to-bytes.js'

/** What can be said of a message of either side. Never throws. */
export function readFrame(data: unknown): { readonly frame: readonly unknown[]; readonly bytes: number } {
  const bytes = toBytes(data)
  const size = bytes?.length ?? new TextEncoder().encode(String(data)).length
  try {
    const parsed = bytes ? decodeBinaryFrame(bytes, JSON.parse) : JSON.parse(String(data))
    return { frame: Array.isArray(parsed) ? parsed : [], bytes: size }
  } catch {
    return { frame: [], bytes: size }
  }
}

/** The message of a frame, its channel, or both; what is no name is left out. */
export function nameOf([type, ...parts]: readonly unknown[]): string {
  const isNamed = !['hello', 'welcome', 'bye', 'error', 'reply', 'item'].includes(String(type))
  const count = type === 'publication' ? 2 : 3
  const names = isNamed ? parts.slice(0, count).filter((part) => typeof part === 'string') : []
  return names.slice(0, count === 2 ? 2 : 1).join(' ')
}
