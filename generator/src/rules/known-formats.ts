import { formatChecks } from '../emit/formats.js'

/** The formats that the generated validators can check. */
export const knownFormats: ReadonlySet<string> = new Set(Object.keys(formatChecks))
