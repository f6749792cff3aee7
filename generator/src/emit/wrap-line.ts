import { maxWidth } from './layout.js'

/** Breaks the two kinds of line that ts-morph writes without a limit: lists in braces, and signatures. */
export function wrapLine(line: string): string {
  if (line.length <= maxWidth || /^\s*(\*|\/\*\*|\/\/)/.test(line)) return line
  const braces = /^(import|export)( type)? \{ (.+) \} from (.+)$/.exec(line)
  if (braces !== null)
    return `${braces[1]}${braces[2] ?? ''} {\n${itemLines(braces[3] as string, 2)}} from ${braces[4]}`
  const signature = /^(\s*)((?:export )?(?:function )?[\w$?]+)\((.+)\)(: .+)$/.exec(line)
  if (signature === null) return line
  const [, margin = '', name, parameters = '', result] = signature
  return `${margin}${name}(\n${itemLines(parameters, margin.length + 2)}${margin})${result}`
}

function itemLines(list: string, indent: number): string {
  const items = splitList(list).map((item) => `${' '.repeat(indent)}${item},\n`)
  return items.join('')
}

/** The items of a list, split at the commas that stand in no bracket. */
function splitList(list: string): string[] {
  const items: string[] = []
  let depth = 0
  let start = 0
  for (const [index, character] of [...list].entries()) {
    if ('([{<'.includes(character)) depth++
    if (')]}>'.includes(character) && list[index - 1] !== '=') depth--
    if (character !== ',' || depth > 0) continue
    items.push(list.slice(start, index).trim())
    start = index + 1
  }
  return [...items, list.slice(start).trim()]
}
