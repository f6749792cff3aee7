import { parseTemplate } from '@wirepact/protocol'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { RouteModel } from '../model/model.js'
import type { Rule } from './rule.js'

/** INVALID_PATH and INVALID_CHANNEL_NAME: templates whose parameters would not be found. */
export const malformedTemplate: Rule = ({ model }) => [
  ...model.routers.flatMap(({ options, path }) =>
    check(options.prefix, { path: [...path, 'prefix'], what: 'prefix' }),
  ),
  ...model.routes.flatMap((route) => [
    ...check(route.options.path, { path: [...route.path, 'path'], what: 'path' }),
    ...repeated(route),
    ...route.channels.flatMap((channel) =>
      check(channel.options.name, { path: [...channel.path, 'name'], what: 'channel name' }),
    ),
  ]),
]

type What = 'path' | 'prefix' | 'channel name'

interface Place {
  readonly path: Path
  readonly what: What
}

function check(template: unknown, { path, what }: Place): readonly Finding[] {
  if (typeof template !== 'string' || template === '') return []
  const code = what === 'channel name' ? 'INVALID_CHANNEL_NAME' : 'INVALID_PATH'
  const isName = what === 'channel name'
  if (!isName && !template.startsWith('/')) {
    const message = `The ${what} "${template}" does not start with a slash.`
    return [{ code, path, message, suggestion: `/${template}` }]
  }
  const segments = isName ? template.split('/') : template.slice(1).split('/')
  const problems =
    what === 'path' && template === '/'
      ? []
      : segments.flatMap((segment, index) =>
          segmentProblem(segment, {
            isPath: !isName,
            mayBeRest: what === 'path' && index === segments.length - 1,
          }),
        )
  return [...problems, ...duplicates(segments)].map((problem) => {
    return { ...problem, code, path, message: `The ${what} "${template}" ${problem.message}` }
  })
}

/** A parameter of the path that a prefix has already. */
function repeated({ routers, options, path }: RouteModel): readonly Finding[] {
  const templates = [...routers.map((router) => router.options.prefix), options.path].map((one) =>
    typeof one === 'string' ? one : '',
  )
  const before = templates.slice(0, -1).flatMap((prefix) => parseTemplate(prefix).names)
  const own = templates.at(-1) ?? ''
  return parseTemplate(own)
    .names.filter((name) => before.includes(name))
    .map((name) => ({
      code: 'INVALID_PATH',
      message: `The path "${own}" has the parameter {${name}}, which a prefix has already.`,
      path: [...path, 'path'],
    }))
}

interface Segment {
  /** Whether it is a part of a URL, and no part of a channel's name. */
  readonly isPath: boolean
  readonly mayBeRest: boolean
}

interface Problem {
  readonly message: string
  readonly suggestion?: string
}

function segmentProblem(segment: string, { isPath, mayBeRest }: Segment): readonly Problem[] {
  if (segment === '') return [{ message: 'has an empty segment.' }]
  if (/^\{__proto__\*?\}$/.test(segment))
    return [{ message: `has the parameter ${segment}, a name that no object can have safely.` }]
  if (/^\{[A-Za-z_$][\w$]*\*\}$/.test(segment))
    return mayBeRest ? [] : [{ message: `has ${segment}: only the last segment of a path takes the rest.` }]
  if (/^\{[A-Za-z_$][\w$]*\}$/.test(segment)) return []
  if (/^\{[^{}]*\}$/.test(segment))
    return [{ message: `has the parameter ${segment}, which is not an identifier.` }]
  if (/^:[A-Za-z_$][\w$]*$/.test(segment)) {
    return [{ message: `has ${segment}, which is no parameter.`, suggestion: `{${segment.slice(1)}}` }]
  }
  const opens = segment.split('{').length
  if (opens !== segment.split('}').length)
    return [{ message: `has a brace without its other half in "${segment}".` }]
  if (opens > 1) return [{ message: `has "${segment}": a parameter is a whole segment.` }]
  if (isPath && /^\.\.?$/.test(segment))
    return [{ message: `has the segment "${segment}", which no URL keeps.` }]
  const isLegal = isPath ? /^[\w.~!$&'()*+,;=:@-]+$/.test(segment) : !/[?#\s%\\]/.test(segment)
  return isLegal ? [] : [{ message: `has characters in "${segment}" that do not belong there.` }]
}

function duplicates(segments: readonly string[]): readonly Problem[] {
  const params = segments
    .filter((segment) => /^\{.*\}$/.test(segment))
    .map((segment) => segment.replace('*', ''))
  const twice = new Set(params.filter((param, index) => params.indexOf(param) !== index))
  return [...twice].map((param) => ({ message: `has the parameter ${param} twice.` }))
}
