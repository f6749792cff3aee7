import { parseArgs } from 'node:util'
import { closest } from '../diagnose/suggest.js'
import type { Command, CommandArguments } from './command.js'
import { commands } from './commands.js'
import { commandHelp, generalHelp } from './help.js'
import type { ExitCode, World } from './world.js'

/** Runs what the arguments after `wirepact` ask for. */
export async function main(args: readonly string[], world: World): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help(name, world)
  if (name === '--version' || name === '-v') return say(world.version, world)
  const command = commands.find((one) => one.name === name)
  if (command === undefined) return misuse(unknown(name), world)
  if (rest.includes('--help') || rest.includes('-h')) return say(commandHelp(command), world)
  const parsed = readArguments(command, rest)
  return typeof parsed === 'string' ? misuse(parsed, world, command) : command.run(parsed, world)
}

/** Without a word the help is an answer to wrong use. */
function help(asked: string | undefined, world: World): ExitCode {
  if (asked !== undefined) return say(generalHelp(), world)
  world.complain(`${generalHelp()}\n`)
  return 2
}

function say(text: string, world: World): ExitCode {
  world.print(`${text}\n`)
  return 0
}

function misuse(message: string, world: World, command?: Command): ExitCode {
  const more = `wirepact ${command === undefined ? '' : `${command.name} `}--help`
  world.complain(`${message}\nSee \`${more}\`.\n`)
  return 2
}

function unknown(name: string): string {
  const isOption = name.startsWith('-')
  const known = isOption ? ['--help', '--version'] : commands.map((command) => command.name)
  return `There is no ${isOption ? 'option' : 'command'} "${name}".${didYouMean(closest(name, known))}`
}

function didYouMean(suggestion: string | undefined): string {
  return suggestion === undefined ? '' : ` Did you mean ${suggestion}?`
}

/** The arguments of a command, or what is wrong with them. */
function readArguments(command: Command, args: readonly string[]): CommandArguments | string {
  const options = Object.fromEntries(
    Object.entries(command.options).map(([name, { type }]) => [name, { type }]),
  )
  const loose = { allowPositionals: true, strict: false, tokens: true } as const
  const { tokens, positionals, values } = parseArgs({ args: [...args], options, ...loose })
  for (const token of tokens) {
    if (token.kind !== 'option') continue
    const problem = checkOption(command, token.name, { rawName: token.rawName, value: token.value })
    if (problem !== undefined) return problem
  }
  if (positionals.length > command.maxPositionals) {
    return `\`wirepact ${command.name}\` does not know what to do with "${positionals[command.maxPositionals]}".`
  }
  return { positionals, values: values as CommandArguments['values'] }
}

interface GivenOption {
  readonly rawName: string
  readonly value: string | undefined
}

function checkOption(command: Command, name: string, { rawName, value }: GivenOption): string | undefined {
  const option = Object.hasOwn(command.options, name) ? command.options[name] : undefined
  if (option === undefined) {
    const meant = closest(name, Object.keys(command.options))
    return `There is no option "${rawName}".${didYouMean(meant === undefined ? undefined : `--${meant}`)}`
  }
  if (option.type === 'boolean') return value === undefined ? undefined : `${rawName} takes no value.`
  const isMissing = value === undefined || value === '' || value.startsWith('--')
  return isMissing ? `${rawName} needs a value: ${rawName} ${option.value ?? 'VALUE'}.` : undefined
}
