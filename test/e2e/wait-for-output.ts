import type { Readable } from 'node:stream'

/** Resolves with what `pattern` finds once it was printed; rejects when the output ends without it. */
export function waitForOutput(output: Readable, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let printed = ''
    output.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      const found = pattern.exec(printed)
      if (found !== null) resolve(found)
    })
    output.on('end', () => reject(new Error(`The program ended before it printed ${pattern}: ${printed}`)))
  })
}
