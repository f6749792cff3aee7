import { byId } from './dom.js'

export interface ComposerActions {
  send(text: string): void
  typing(): void
}

/** Where a message is written. Enter sends it, Shift+Enter breaks the line. */
export class Composer {
  readonly #form = byId('composer', HTMLFormElement)
  readonly #input = byId('message', HTMLTextAreaElement)
  readonly #send = byId('send', HTMLButtonElement)
  readonly #actions: ComposerActions

  constructor(actions: ComposerActions) {
    this.#actions = actions
    this.#form.addEventListener('submit', (event) => this.#submit(event))
    this.#input.addEventListener('input', () => this.#noteInput())
    this.#input.addEventListener('keydown', (event) => this.#noteKey(event))
    this.#fit()
  }

  address(room: string): void {
    this.#input.placeholder = `Message ${room}`
  }

  /** Not on a touch screen, where the focus would open the keyboard. */
  focus(): void {
    if (!isTouch()) this.#input.focus()
  }

  #noteInput(): void {
    this.#fit()
    if (this.#input.value.trim() !== '') this.#actions.typing()
  }

  #noteKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
    event.preventDefault()
    this.#form.requestSubmit()
  }

  #submit(event: SubmitEvent): void {
    event.preventDefault()
    const text = this.#input.value.trim()
    this.#input.focus()
    if (text === '') return
    this.#input.value = ''
    this.#fit()
    this.#actions.send(text)
  }

  /** The field grows with its text, up to the limit that the style sheet sets. */
  #fit(): void {
    this.#input.style.height = 'auto'
    this.#input.style.height = `${this.#input.scrollHeight}px`
    this.#send.classList.toggle('ready', this.#input.value.trim() !== '')
  }
}

function isTouch(): boolean {
  return matchMedia('(hover: none) and (pointer: coarse)').matches
}
