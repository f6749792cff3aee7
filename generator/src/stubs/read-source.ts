import { existsSync, readFileSync, statSync } from 'node:fs'

const mark = '\uFEFF'

/** A file's text without its byte order mark; undefined when it is not UTF-8, or there is no such file. */
export function readSource(file: string): string | undefined {
  if (!isFile(file)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch {
    return undefined
  }
}

/** The byte order mark that a file begins with, or nothing. */
export function readMark(file: string): string {
  return readFileSync(file, 'utf8').startsWith(mark) ? mark : ''
}

export function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile()
}
