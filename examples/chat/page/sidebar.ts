import { byId } from './dom.js'

/** The drawer with rooms and people on a narrow page; on a wide one it is always there. */
export class Sidebar {
  readonly #sidebar = byId('sidebar', HTMLElement)
  readonly #backdrop = byId('backdrop', HTMLButtonElement)
  readonly #open = byId('open-sidebar', HTMLButtonElement)
  readonly #close = byId('close-sidebar', HTMLButtonElement)
  readonly #narrow = matchMedia('(max-width: 760px)')

  constructor() {
    this.#open.addEventListener('click', () => this.#set(true))
    this.#close.addEventListener('click', () => this.close())
    this.#backdrop.addEventListener('click', () => this.close())
    this.#narrow.addEventListener('change', () => this.#set(false))
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && this.#isOpen()) this.close()
    })
    this.#set(false)
  }

  close(): void {
    if (!this.#isOpen()) return
    this.#set(false)
    this.#open.focus()
  }

  #isOpen(): boolean {
    return this.#sidebar.classList.contains('open')
  }

  #set(open: boolean): void {
    this.#sidebar.classList.toggle('open', open)
    this.#sidebar.inert = this.#narrow.matches && !open
    this.#open.setAttribute('aria-expanded', String(open))
    if (open) this.#close.focus()
  }
}
