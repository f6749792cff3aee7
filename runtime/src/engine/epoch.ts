import { randomBytes } from 'node:crypto'

/** The default source of epochs: 96 random bits, URL-safe. */
export function createEpoch(): string {
  return randomBytes(12).toString('base64url')
}
