import { byId, paintAvatar } from './dom.js'
import { NameDialog, type NameQuestion, type TakeName } from './name-dialog.js'

/** Who I am, and the button that changes it. */
export class MeView {
  readonly #name = byId('my-name', HTMLElement)
  readonly #avatar = byId('my-avatar', HTMLElement)
  readonly #dialog = new NameDialog()

  constructor(change: TakeName) {
    const button = byId('change-name', HTMLButtonElement)
    button.addEventListener('click', () => {
      this.#dialog.open(this.#name.textContent || undefined, { take: change })
    })
  }

  show(name: string): void {
    this.#name.textContent = name
    paintAvatar(this.#avatar, name)
  }

  /** Asks for the first name; there is no way around it. */
  ask(question: NameQuestion): void {
    this.#dialog.open(undefined, question)
  }
}
