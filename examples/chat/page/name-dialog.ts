import { byId } from './dom.js'

/** Takes the name; answers with a name that is free when this one is not. */
export type TakeName = (name: string) => Promise<string | undefined>

/** Asks for a name. The first time there is no way around it; later it can be cancelled. */
export class NameDialog {
  readonly #dialog = byId('name-dialog', HTMLDialogElement)
  readonly #form = byId('name-form', HTMLFormElement)
  readonly #input = byId('name-input', HTMLInputElement)
  readonly #problem = byId('name-problem', HTMLElement)
  readonly #cancel = byId('name-cancel', HTMLButtonElement)
  #take: TakeName = async () => undefined

  constructor() {
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault()
      this.#submit().catch((error: unknown) => this.#explain(error))
    })
    this.#cancel.addEventListener('click', () => this.#dialog.close())
    this.#dialog.addEventListener('cancel', (event) => {
      if (this.#cancel.hidden) event.preventDefault()
    })
  }

  /** Opens with `current` in the field; without it the dialog stays until there is a name. */
  open(current: string | undefined, take: TakeName): void {
    this.#take = take
    this.#input.value = current ?? ''
    this.#problem.textContent = ''
    this.#cancel.hidden = current === undefined
    this.#dialog.showModal()
    this.#input.select()
  }

  async #submit(): Promise<void> {
    const name = this.#input.value.trim()
    if (name === '') return
    const suggestion = await this.#take(name)
    if (suggestion === undefined) {
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
