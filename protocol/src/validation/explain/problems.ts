import type { Problem } from '../../validator.js'

const maxProblems = 100
const maxTextLength = 32_768
const maxPathLength = 1024

/** Collects problems, up to a number and an amount of text: a hostile value cannot make an answer large. */
export class Problems {
  readonly list: Problem[] = []
  readonly limit: number
  #textLength = 0

  constructor(limit = maxProblems) {
    this.limit = limit
  }

  get isFull(): boolean {
    return this.list.length >= this.limit || this.#textLength > maxTextLength
  }

  add(problem: Problem): void {
    if (this.isFull) return
    const { path } = problem
    const kept =
      path.length > maxPathLength ? { ...problem, path: `${path.slice(0, maxPathLength)}…` } : problem
    this.#textLength += kept.path.length + kept.message.length
    this.list.push(kept)
  }
}
