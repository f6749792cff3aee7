import { createRequire } from 'node:module'
import { dirname } from 'node:path'

const ts = createRequire(import.meta.url)('typescript')

/**
 * Checks the project of a configuration file and prints what that took: processor time, so that what else the
 * machine does counts little, without starting and parsing.
 */
const [file] = process.argv.slice(2)
const config = ts.readConfigFile(file, ts.sys.readFile).config
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, dirname(file))
const program = ts.createProgram(fileNames, options)
program.getTypeChecker()
const before = process.cpuUsage()
const problems = [...program.getGlobalDiagnostics(), ...program.getSemanticDiagnostics()]
const used = process.cpuUsage(before)
const text = ts.formatDiagnostics(problems, {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: ts.sys.getCurrentDirectory,
  getNewLine: () => '\n',
})
const ms = (used.user + used.system) / 1000
console.log(JSON.stringify({ problems: text, ms, instantiations: program.getInstantiationCount() }))
