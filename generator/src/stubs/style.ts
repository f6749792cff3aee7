/** How the code of a file looks, as far as new code in it is to look the same. */
export interface Style {
  readonly eol: '\n' | '\r\n'
  readonly quote: '"' | "'"
  /** What ends a statement: a semicolon or nothing. */
  readonly end: ';' | ''
  /** One step of indentation. */
  readonly unit: string
  /** How handlers are written: `say() {}`, `say: () => {}` or `say: function () {}`. */
  readonly form: 'method' | 'arrow' | 'function'
  /** Whether an empty line stands between handlers. */
  readonly hasGaps: boolean
  readonly hasTrailingCommas: boolean
}

/** How new files look. */
export const ownStyle: Style = {
  eol: '\n',
  quote: "'",
  end: '',
  unit: '  ',
  form: 'method',
  hasGaps: true,
  hasTrailingCommas: true,
}
