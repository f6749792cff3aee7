import type { Path } from '../../diagnose/diagnostic.js'

/** The way into a schema, for people: `.line.text` for a property of a property, `[]` for the items of an array. */
export function showSteps(steps: Path): string {
  const shown: string[] = []
  for (let index = 0; index < steps.length; index++) {
    const keyword = steps[index] ?? ''
    const next = steps[index + 1]
    if (keyword === 'properties' && next !== undefined) shown.push(`.${next}`)
    else if (keyword === 'prefixItems' && next !== undefined) shown.push(`[${next}]`)
    else if (keyword === 'patternProperties' && next !== undefined) shown.push(`[${next}]`)
    else if (isList(keyword) && next !== undefined) shown.push(`|${next}`)
    else {
      // The keyword that changed is in the sentence; only one that holds a schema is part of the way.
      if (keyword === 'items') shown.push('[]')
      else if (keyword === 'additionalProperties') shown.push('[*]')
      continue
    }
    index++
  }
  return shown.join('')
}

function isList(keyword: string): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf' || keyword === 'allOf'
}
