import { compareTemplates, intersectTemplates, parseTemplate } from '@wirepact/protocol'
import { describe, expect, test } from 'vitest'

const order = (a: string, b: string) => Math.sign(compareTemplates(parseTemplate(a), parseTemplate(b)))

describe('the order of templates', () => {
  const sorted = [
    'a/b/c',
    'a/b/{x}',
    'a/{x}/c',
    '{x}/b/c',
    'a/{x}/{y}',
    '{x}/b/{y}',
    '{x}/{y}/c',
    '{x}/{y}/{z}',
    'a/b/{rest*}',
    'a/{x}/{rest*}',
    '{x}/b/{rest*}',
    'a/{rest*}',
    '{rest*}',
  ]

  test('puts text before parameters, and the rest last, whatever order they come in', () => {
    const templates = sorted.map(parseTemplate)
    for (const given of [
      templates,
      templates.toReversed(),
      [...templates.slice(6), ...templates.slice(0, 6)],
    ])
      expect(given.toSorted(compareTemplates).map(({ source }) => source)).toEqual(sorted)
  })

  test('is the same from both sides, and none between two that fit the same', () => {
    for (const a of sorted) for (const b of sorted) expect(order(a, b) + order(b, a), `${a} and ${b}`).toBe(0)
    expect(order('room/{a}', 'room/{b}')).toBe(0)
    expect(order('a/{rest*}', 'a/{more*}')).toBe(0)
  })
})

describe('what two templates have in common', () => {
  test.each([
    ['{kind}/{key}', 'vault/{id}', 'vault/{key}'],
    ['a/{x}', '{y}/b', 'a/b'],
    ['room/{a}', 'room/{b}', 'room/{a}'],
    ['lobby', 'lobby', 'lobby'],
    ['lobby', '{name}', 'lobby'],
    ['{x}/{rest*}', 'a/{y}', 'a/{y}'],
    ['a/{rest*}', '{x}/b/{more*}', 'a/b/{more*}'],
    ['a/x{b}', 'a/{y}', 'a/x{b}'],
  ])('of %s and %s is %s', (a, b, common) => {
    expect(intersectTemplates(parseTemplate(a), parseTemplate(b))?.source).toBe(common)
    const reverse = intersectTemplates(parseTemplate(b), parseTemplate(a))
    expect(reverse?.names.length).toBe(parseTemplate(common).names.length)
  })

  test.each([
    ['room/{a}', 'team/{a}'],
    ['room/{a}', 'room'],
    ['room/{a}', 'room/{a}/{b}'],
    ['a/{x}/{rest*}', 'a/b'],
    ['a/{rest*}', 'b/{rest*}'],
  ])('of %s and %s is nothing', (a, b) => {
    expect(intersectTemplates(parseTemplate(a), parseTemplate(b))).toBe(undefined)
    expect(intersectTemplates(parseTemplate(b), parseTemplate(a))).toBe(undefined)
  })
})
