import type { SchemaIr } from '../../ir.js'
import { Outside } from '../checks/outside.js'
import { writeCheck } from '../checks/write-check.js'
import { Imports } from '../imports.js'
import { type Layout, render } from '../layout.js'
import { objectLiteral, proto, quote } from '../literal.js'
import type { Module } from '../module.js'
import { Names } from '../names.js'
import { folderOf, isChecked, isValidated, modulePath, type Plan, schemasIn, validatorName } from '../plan.js'

const validation = '@wirepact/protocol/validation'

/** `<folder>/validators.ts`: a check made ahead of time for each schema of the folder. */
export function validatorsModule(plan: Plan, folder: string): Module {
  return new ValidatorsWriter(plan, folder).write()
}

class ValidatorsWriter {
  readonly #plan: Plan
  readonly #folder: string
  readonly #names: Names
  readonly #imports: Imports
  readonly #outside: Outside
  /** The name of each function that checks a schema of this folder. */
  readonly #checks: ReadonlyMap<string, string>

  constructor(plan: Plan, folder: string) {
    this.#plan = plan
    this.#folder = folder
    const schemas = schemasIn(plan, folder).filter((schema) => isValidated(plan, schema))
    const fixed = ['Json', 'explain', 'value', '_value', 'item', 'key', 'index', proto.name]
    this.#names = new Names([...fixed, ...schemas.map(({ name }) => validatorName(plan, name))])
    this.#checks = new Map(
      schemas
        .filter((schema) => isChecked(plan, schema))
        .map(({ name }) => [name, this.#names.take(`check${name}`)]),
    )
    this.#imports = new Imports(this.#names)
    this.#outside = new Outside({
      names: this.#names,
      use: (name) => this.#imports.value(validation, name),
      lookup: (name) => plan.pruned.get(name),
      checkCall: (name, subject) => this.#checkCall(name, subject),
    })
  }

  write(): Module {
    const schemas = schemasIn(this.#plan, this.#folder).filter((schema) => isValidated(this.#plan, schema))
    const functions = schemas
      .filter((one) => isChecked(this.#plan, one))
      .map((schema) => this.#checkFunction(schema))
    const validators = schemas.map((schema) => this.#validator(schema))
    const statements = [
      ...(functions.length > 0 ? this.#preamble() : []),
      functions.some((text) => text.includes(`[${proto.name}]`)) ? proto.declaration : '',
      this.#outside.constants.join('\n'),
      ...functions,
      validators.join('\n'),
    ]
    return { path: `${this.#folder}/validators.ts`, imports: this.#imports, statements }
  }

  #preamble(): string[] {
    const explain = `${this.#imports.value(validation, 'lazyExplain')}(() => import('./schemas.js'))`
    return [
      '/** Whatever a message may hold once it is parsed. */\ntype Json = ReturnType<typeof JSON.parse>',
      `const explain = ${explain}`,
    ]
  }

  #checkFunction({ name }: SchemaIr): string {
    return writeCheck(this.#checks.get(name) as string, this.#plan.pruned.get(name) ?? true, this.#outside)
  }

  #validator(schema: SchemaIr): string {
    const { name } = schema
    const type = this.#imports.type(validation, 'Validator')
    const start = `export const ${validatorName(this.#plan, name)}: ${type} = `
    return start + render(this.#validatorValue(schema), { column: start.length })
  }

  #validatorValue({ name, content, maxBytes }: SchemaIr): Layout {
    const check = this.#checks.get(name)
    if (check === undefined) {
      const limit = maxBytes === undefined ? '' : `{ maxBytes: ${maxBytes} }`
      return `${this.#imports.value(validation, 'bytes')}(${limit})`
    }
    return objectLiteral({
      content: content === undefined ? undefined : quote(content),
      check,
      explain: `explain(${quote(name)})`,
    })
  }

  #checkCall(name: string, subject: string): string {
    const home = folderOf(this.#plan, name)
    if (home === this.#folder) return `${this.#checks.get(name)}(${subject})`
    const other = this.#imports.namespace(modulePath(this.#folder, home, 'validators'), `${home}Validators`)
    return `${other}.${validatorName(this.#plan, name)}.check(${subject})`
  }
}
