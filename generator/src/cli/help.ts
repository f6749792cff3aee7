import type { Command } from './command.js'
import { commands } from './commands.js'

/** What `wirepact --help` says. */
export function generalHelp(): string {
  const rows = commands.map(({ name, summary }) => [name, summary] as const)
  return [
    'Compiles one schema of a WebSocket API into a typed server, typed clients and validators.',
    section('Usage', ['wirepact COMMAND [OPTIONS]', 'wirepact COMMAND --help', 'wirepact --version']),
    section('Commands', columns(rows)),
    section('Exit codes', columns(exits(['fine', 'problems were found', 'wrong use']))),
  ].join('\n\n')
}

/** What `wirepact COMMAND --help` says. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, help }]) => {
    return [value === undefined ? `--${name}` : `--${name} ${value}`, help] as const
  })
  return [
    command.summary,
    section('Usage', [`wirepact ${command.name} ${command.usage}`]),
    section('Options', columns([...options, ['--help', 'Shows this.']])),
    section('Examples', columns(command.examples.map(([line, what]) => [line, `# ${what}`]))),
    section('Exit codes', columns(exits(command.exits))),
  ].join('\n\n')
}

function exits(meanings: readonly string[]): readonly (readonly [string, string])[] {
  return meanings.map((meaning, code) => [String(code), meaning])
}

function section(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n')
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([first]) => first.length))
  return rows.map(([first, second]) => `${first.padEnd(width)}  ${second}`)
}
