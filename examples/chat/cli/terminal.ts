import { clearLine, createInterface, cursorTo, emitKeypressEvents } from 'node:readline'

const colours = [36, 33, 32, 35, 34, 31, 96, 93, 92, 95]

/** The lines of a terminal above the one that is being written. Works with a pipe as well. */
export class Terminal {
  readonly #isInteractive = process.stdin.isTTY === true && process.stdout.isTTY === true
  readonly #lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: this.#isInteractive,
  })

  /** What the person writes, line by line, until the input ends. */
  get written(): AsyncIterableIterator<string> {
    const lines = this.#lines[Symbol.asyncIterator]()
    return Object.assign(lines, { [Symbol.asyncIterator]: () => lines })
  }

  print(text: string): void {
    if (this.#isInteractive) {
      cursorTo(process.stdout, 0)
      clearLine(process.stdout, 0)
    }
    process.stdout.write(`${text}\n`)
    this.prompt()
  }

  prompt(): void {
    if (this.#isInteractive) this.#lines.prompt(true)
  }

  onTyping(listener: () => void): void {
    if (!this.#isInteractive) return
    emitKeypressEvents(process.stdin)
    process.stdin.on('keypress', () => {
      if (this.#lines.line.trim() !== '' && !this.#lines.line.startsWith('/')) listener()
    })
  }

  close(): void {
    this.#lines.close()
  }

  dim(text: string): string {
    return this.#paint(text, 2)
  }

  /** A name in a colour that follows from it. */
  colour(name: string): string {
    const sum = [...name].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0)
    return this.#paint(name, colours[sum % colours.length] ?? 36)
  }

  #paint(text: string, code: number): string {
    const plain = withoutControls(text)
    return this.#isInteractive ? `\u001b[${code}m${plain}\u001b[0m` : plain
  }
}

/** Text from others without what a terminal would obey; a line break becomes a space. */
export function withoutControls(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/\p{Cc}/gu, '')
}
