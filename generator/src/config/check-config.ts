import type { Diagnostic, Finding } from '../diagnose/diagnostic.js'
import { closest } from '../diagnose/suggest.js'
import { isRecord } from '../model/reader.js'

const options = ['schema', 'output', 'handlers', 'react']

/** Everything that is wrong with what a configuration file exports. */
export async function checkConfig(config: unknown, file: string): Promise<readonly Diagnostic[]> {
  if (!isRecord(config)) {
    const message = 'A configuration file exports what defineConfig returns as default.'
    return [{ code: 'NOT_A_CONFIG', message, path: '', site: { file, line: 1, column: 1 } }]
  }
  const findings = Object.keys(config).flatMap((option) => checkOption(option, config[option]))
  if (findings.length === 0) return []
  const { locateInDefault } = await import('../locate/locate-in-default.js')
  return findings.map(({ path, at, ...finding }) => ({
    ...finding,
    path: path.join('.'),
    site: locateInDefault(file, path[0] ?? '', at),
  }))
}

function checkOption(option: string, value: unknown): readonly Finding[] {
  if (!options.includes(option)) {
    const suggestion = closest(option, options)
    const finding = { code: 'UNKNOWN_OPTION', message: `The configuration has no option "${option}".` }
    return [{ ...finding, path: [option], at: 'name', ...(suggestion !== undefined && { suggestion }) }]
  }
  if (value === undefined || isDue(option, value)) return []
  const due = option === 'react' ? 'true or false' : option === 'handlers' ? 'a path, or false' : 'a path'
  return [{ code: 'WRONG_VALUE', message: `${option} is ${due}.`, path: [option] }]
}

function isDue(option: string, value: unknown): boolean {
  if (option === 'react') return typeof value === 'boolean'
  return (typeof value === 'string' && value !== '') || (option === 'handlers' && value === false)
}
