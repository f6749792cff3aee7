import { byId, make } from './dom.js'

const shownForMs = 6_000
const maxToasts = 3

/** Short news at the edge of the page. */
export class Toasts {
  readonly #box = byId('toasts', HTMLElement)

  show(text: string, kind: 'news' | 'problem' = 'news'): void {
    const close = make('button', { class: 'toast-close', type: 'button', 'aria-label': 'Dismiss' }, '×')
    const toast = make('div', { class: `toast ${kind}` }, make('p', {}, text), close)
    close.addEventListener('click', () => toast.remove())
    setTimeout(() => toast.remove(), shownForMs)
    this.#box.append(toast)
    while (this.#box.children.length > maxToasts) this.#box.firstElementChild?.remove()
  }

  showError(error: unknown): void {
    this.show(error instanceof Error ? error.message : String(error), 'problem')
  }
}
