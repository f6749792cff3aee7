/** The line on a terminal that says what is being done. It gives way to everything that stays. */
export class ProgressLine {
  readonly #write: ((text: string) => void) | undefined
  #isShown = false

  /** Without `write` there is nobody to show anything to. */
  constructor(write: ((text: string) => void) | undefined) {
    this.#write = write
  }

  show(text: string): void {
    this.#write?.(`\r\u001B[2K${text}…`)
    this.#isShown = true
  }

  clear(): void {
    if (this.#isShown) this.#write?.('\r\u001B[2K')
    this.#isShown = false
  }
}
