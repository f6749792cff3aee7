import { errorCodes } from '@wirepact/protocol'
import type { Finding, Path } from '../diagnose/diagnostic.js'
import { toPascal } from '../model/type-name.js'
import type { Rule } from './rule.js'

/** INVALID_ERROR_CODE and RESERVED_ERROR_CODE: declared codes look like codes, and are not Wirepact's own. */
export const errorCode: Rule = ({ model }) =>
  model.routes
    .flatMap((route) => [...route.clientToServer, ...route.serverToClient])
    .flatMap((message) => message.errors.flatMap((error) => check(error.code, error.path)))

function check(code: string, path: Path): readonly Finding[] {
  if (Object.hasOwn(errorCodes, code)) {
    const message = `${code} is an error of Wirepact's own; a declared one has another code.`
    return [{ code: 'RESERVED_ERROR_CODE', message, path, at: 'name' }]
  }
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code)) return []
  const suggestion = toUpperSnake(code)
  const message = `The error code "${code}" is not written in UPPER_SNAKE.`
  return [{ code: 'INVALID_ERROR_CODE', message, path, at: 'name', ...(suggestion !== '' && { suggestion }) }]
}

function toUpperSnake(code: string): string {
  const words = code.replace(/([a-z0-9])([A-Z])/g, '$1_$2').split(/[^A-Za-z0-9]+/)
  const snake = words
    .filter((word) => word !== '')
    .join('_')
    .toUpperCase()
  return toPascal(snake) === '' || /^[0-9]/.test(snake) ? '' : snake
}
