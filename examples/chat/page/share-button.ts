import { byId } from './dom.js'

/** Copies the address of the room, or shows it where the browser keeps the clipboard to itself. */
export class ShareButton {
  constructor(show: (text: string) => void) {
    byId('share', HTMLButtonElement).addEventListener('click', () => {
      const link = location.href
      navigator.clipboard?.writeText(link).then(
        () => show('The link to this room is copied.'),
        () => show(link),
      ) ?? show(link)
    })
  }
}
