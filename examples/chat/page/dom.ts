type Properties = Readonly<Record<string, string>>
type Content = Node | string

/** The element with this id; the page is broken without it. */
export function byId<Type extends HTMLElement>(id: string, type: abstract new () => Type): Type {
  const element = document.getElementById(id)
  if (!(element instanceof type)) throw new TypeError(`The page has no ${type.name} with the id ${id}.`)
  return element
}

/** A new element with attributes and content. Strings become text, never markup. */
export function make(tag: string, properties: Properties = {}, ...content: readonly Content[]): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value)
  element.append(...content)
  return element
}

/** Makes `wanted` the children of `parent`, and moves only what is not in its place yet. */
export function setChildren(parent: Element, wanted: readonly Element[]): void {
  const keep = new Set(wanted)
  for (const child of [...parent.children]) if (!keep.has(child)) child.remove()
  for (const [index, child] of wanted.entries()) {
    const present = parent.children[index]
    if (present !== child) parent.insertBefore(child, present ?? null)
  }
}

/** The round sign of a person: initials on a colour that follows from the name. */
export function paintAvatar(element: HTMLElement, name: string): HTMLElement {
  const words = name.split(/\s+/).filter((word) => word !== '')
  const initials = words.slice(0, 2).map((word) => [...word][0] ?? '')
  element.textContent = initials.join('').toUpperCase()
  element.style.setProperty('--hue', String(toHue(name)))
  return element
}

export function toHue(name: string): number {
  let sum = 7
  for (const character of name.toLowerCase()) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997
  return (sum * 137) % 360
}
