import { byId } from './dom.js'

/** Pages back through history, until there is nothing older. */
export class OlderButton {
  readonly #button = byId('older', HTMLButtonElement)
  #exhausted = false

  constructor(load: () => Promise<boolean>, failed: (error: unknown) => void) {
    this.#button.addEventListener('click', () => {
      this.#button.disabled = true
      load()
        .then((more) => this.#finish(more), failed)
        .finally(() => {
          this.#button.disabled = false
        })
    })
  }

  /** `oldestOffset` is that of the first line that is shown; the first of all has the offset 1. */
  show(oldestOffset: number | undefined): void {
    this.#button.hidden = this.#exhausted || oldestOffset === undefined || oldestOffset <= 1
  }

  reset(): void {
    this.#exhausted = false
    this.#button.hidden = true
  }

  #finish(more: boolean): void {
    this.#exhausted = !more
    if (!more) this.#button.hidden = true
  }
}
