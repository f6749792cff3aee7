import type { DebugEvent } from './debug-event.js'

/** The colour of each kind of event in a browser's console. */
const colours: Readonly<Record<DebugEvent['type'], string>> = {
  attempt: '#888',
  status: '#06c',
  frame: '#888',
  recovery: '#080',
  end: '#c60',
  error: '#c00',
}

/** An event as the arguments of a console: a coloured line, and what can be looked into behind it. */
export function describe(event: DebugEvent): unknown[] {
  const [line, ...more] = lineOf(event)
  return [`%cwirepact%c ${line}`, `color: ${colours[event.type]}; font-weight: bold`, '', ...more]
}

function lineOf(event: DebugEvent): unknown[] {
  switch (event.type) {
    case 'attempt':
      return [`connects to ${event.url}`]
    case 'status':
      return [`is ${event.status.state}`, event.status]
    case 'frame': {
      const { direction, frame, name, bytes } = event
      const what = [direction === 'in' ? '←' : '→', frame || 'message', name, `${bytes} B`]
      return [what.filter((part) => part !== '').join(' '), ...('payload' in event ? [event.payload] : [])]
    }
    case 'recovery':
      return [`${event.channel} ${event.recovered ? 'goes on without a gap' : `has a gap: ${event.reason}`}`]
    case 'end':
      return [`socket ended: ${event.code} ${event.reason}`.trimEnd()]
    case 'error':
      return [`${event.error.code}${event.error.subject ? ` (${event.error.subject})` : ''}`, event.error]
  }
}
