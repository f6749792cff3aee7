import type { Finding, Path } from '../diagnose/diagnostic.js'
import type { Rule } from './rule.js'

/** INVALID_PATH and INVALID_CHANNEL_NAME: templates whose parameters would not be found. */
export const malformedTemplate: Rule = ({ model }) =>
  model.routes.flatMap((route) => [
    ...check(route.options.path, { path: [...route.path, 'path'], code: 'INVALID_PATH' }),
    ...route.channels.flatMap((channel) =>
      check(channel.options.name, { path: [...channel.path, 'name'], code: 'INVALID_CHANNEL_NAME' }),
    ),
  ])

interface Place {
  readonly path: Path
  readonly code: 'INVALID_PATH' | 'INVALID_CHANNEL_NAME'
}

function check(template: unknown, { path, code }: Place): readonly Finding[] {
  if (typeof template !== 'string' || template === '') return []
  const isPath = code === 'INVALID_PATH'
  if (isPath && !template.startsWith('/')) {
    return [
      {
        code,
        path,
        message: `The path "${template}" does not start with a slash.`,
        suggestion: `/${template}`,
      },
    ]
  }
  const segments = isPath ? template.slice(1).split('/') : template.split('/')
  const problems = isPath && template === '/' ? [] : segments.flatMap(segmentProblem)
  const what = isPath ? 'path' : 'channel name'
  return [...problems, ...duplicates(segments)].map((problem) => {
    return { ...problem, code, path, message: `The ${what} "${template}" ${problem.message}` }
  })
}

interface Problem {
  readonly message: string
  readonly suggestion?: string
}

function segmentProblem(segment: string): readonly Problem[] {
  if (segment === '') return [{ message: 'has an empty segment.' }]
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
  if (/[?#\s%\\]/.test(segment))
    return [{ message: `has characters in "${segment}" that do not belong there.` }]
  return []
}

function duplicates(segments: readonly string[]): readonly Problem[] {
  const params = segments.filter((segment) => /^\{.*\}$/.test(segment))
  const twice = new Set(params.filter((param, index) => params.indexOf(param) !== index))
  return [...twice].map((param) => ({ message: `has the parameter ${param} twice.` }))
}
