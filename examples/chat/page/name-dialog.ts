import { byId } from './dom.js'
import { isName, toName } from './profile.js'

/** Takes the name; answers with a name that is free when this one is not. */
export type TakeName = (name: string) => Promise<string | undefined>

export interface NameQuestion {
  readonly take: TakeName
  /** The dialog is gone, and the focus is back where it was. */
  readonly closed?: () => void
}

/** Asks for a name. The first time there is no way around it; later it can be cancelled. */
export class NameDialog {
  readonly #dialog = byId('name-dialog', HTMLDialogElement)
  readonly #form = byId('name-form', HTMLFormElement)
  readonly #input = byId('name-input', HTMLInputElement)
  readonly #problem = byId('name-problem', HTMLElement)
  readonly #cancel = byId('name-cancel', HTMLButtonElement)
  #question: NameQuestion = { take: async () => undefined }
  /** Whether there is no way around the dialog now. */
  #isNeeded = false

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit().catch((error: unknown) => this.#explain(error))
    })
    this.#cancel.addEventListener('click', () => this.#dialog.close())
    this.#dialog.addEventListener('cancel', (event) => {
      if (this.#isNeeded) event.preventDefault()
    })
    this.#dialog.addEventListener('close', () => this.#noteClose())
  }

  /** Opens with `current` in the field; without it the dialog stays until there is a name. */
  open(current: string | undefined, question: NameQuestion): void {
    this.#question = question
    this.#isNeeded = current === undefined
    this.#input.value = current ?? ''
    this.#problem.textContent = ''
    this.#cancel.hidden = this.#isNeeded
    this.#show()
  }

  #show(): void {
    if (!this.#dialog.open) this.#dialog.showModal()
    this.#input.select()
  }

  /** A browser lets nobody keep a dialog open before the person has touched the page, so it opens again. */
  #noteClose(): void {
    if (this.#isNeeded) this.#show()
    else this.#question.closed?.()
  }

  async #submit(): Promise<void> {
    const name = toName(this.#input.value)
    if (!isName(name)) return
    const suggestion = await this.#question.take(name)
    if (suggestion === undefined) {
      this.#isNeeded = false
      this.#dialog.close()
      return
    }
    this.#problem.textContent = `Somebody here is called ${name} already. How about ${suggestion}?`
    this.#input.value = suggestion
    this.#input.select()
  }

  #explain(error: unknown): void {
    this.#problem.textContent = error instanceof Error ? error.message : String(error)
  }
}
