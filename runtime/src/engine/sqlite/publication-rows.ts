import type { SqliteValue } from './driver.js'
import { rowsPerInsert, type Statements } from './statements.js'

/** The columns of one publication, in the order of the statement. */
export type PublicationColumns = readonly [
  channel: number,
  offset: number,
  name: string,
  bytes: number,
  at: number,
  except: string | null,
  data: string,
]

/** Gathers the publications of a transaction, because several rows in one statement cost less than each alone. */
export class PublicationRows {
  readonly #statements: Statements
  #rows: PublicationColumns[] = []

  constructor(statements: Statements) {
    this.#statements = statements
  }

  add(row: PublicationColumns): void {
    this.#rows.push(row)
    if (this.#rows.length < rowsPerInsert) return
    const values: SqliteValue[] = []
    for (const columns of this.#rows) values.push(...columns)
    this.#rows = []
    this.#statements.addPublications.run(...values)
  }

  /** Writes what is left; before anything else looks at the table. */
  flush(): void {
    for (const row of this.#rows) this.#statements.addPublication.run(...row)
    this.#rows = []
  }
}
