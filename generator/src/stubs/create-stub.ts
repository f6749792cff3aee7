import { join, relative } from 'node:path'
import { type CodeBlockWriter, IndentationText, NewLineKind, Project } from 'ts-morph'
import type { MessageIr, RouteIr } from '../ir.js'
import { isReservedWord } from './reserved-words.js'
import type { StubPlace } from './write-stubs.js'

/** The first handlers of a route: each does nothing, or says that it is still missing. */
export function createStub(route: RouteIr, place: StubPlace): string {
  const project = new Project({
    useInMemoryFileSystem: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces, newLineKind: NewLineKind.LineFeed },
  })
  const file = project.createSourceFile(`${route.name}.ts`, (writer) => writeStub(writer, route, place))
  return file.getFullText()
}

function writeStub(writer: CodeBlockWriter, route: RouteIr, place: StubPlace): void {
  const type = `${route.typeName}Handlers`
  writer.writeLine(`import type { ${type} } from '${serverModule(route, place)}'`).blankLine()
  writer.writeLine(
    `/** Handlers of \`${route.path}\`. This file is yours: the generator never touches it again. */`,
  )
  writer.write(`export const ${constantName(route)}: ${type} = `)
  writer.inlineBlock(() => {
    const guarded = route.channels.filter((channel) => channel.join === 'guarded')
    if (guarded.length > 0) writeAuthorize(writer, guarded)
    for (const [index, message] of route.clientToServer.entries()) {
      if (index > 0 || guarded.length > 0) writer.blankLine()
      writeMethod(writer, message, route)
    }
  })
  writer.newLine()
}

/** Nobody is let in until somebody has decided who may. */
function writeAuthorize(writer: CodeBlockWriter, channels: RouteIr['channels']): void {
  writer.write('authorize: ').inlineBlock(() => {
    for (const { key } of channels) {
      writer.write(`${key}() `).inlineBlock(() => writer.writeLine('return false'))
      writer.write(',').newLine()
    }
  })
  writer.write(',').newLine()
}

/** Parameters that the body does not use start with an underscore, so that no compiler option complains. */
function writeMethod(writer: CodeBlockWriter, message: MessageIr, route: RouteIr): void {
  if (message.description !== undefined) writer.writeLine(docComment(message.description))
  const payload = message.kind === 'event' ? message.data && '_data' : message.input && '_input'
  writer.write(`${message.name}(${['_ctx', payload].filter((name) => name !== null).join(', ')}) `)
  if (message.kind === 'event') writer.write('{},').newLine()
  else {
    const missing = `${route.name}.${message.name} has no handler yet`
    writer.inlineBlock(() => writer.writeLine(`throw new Error('${missing}')`))
    writer.write(',').newLine()
  }
}

function docComment(text: string): string {
  const lines = text.trim().replaceAll('*/', '*\\/').split(/\r?\n/)
  return lines.length === 1
    ? `/** ${lines[0]} */`
    : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n')
}

function serverModule(route: RouteIr, { folder, output }: StubPlace): string {
  const path = relative(folder, join(output, route.name, 'server.js')).replaceAll('\\', '/')
  return path.startsWith('.') ? path : `./${path}`
}

/** The route's name, which cannot always be a variable's. */
function constantName({ name }: RouteIr): string {
  return isReservedWord(name) ? `${name}Handlers` : name
}
