import { useEffect, useInsertionEffect, useRef } from 'react'
import type { Connection } from '../types.js'

/**
 * Calls back for every event of this name that the server sends while the component is shown, always the function of
 * the last render. Use it for what happens, such as a sound; what is drawn belongs into state.
 */
export function useEvent<Events extends object, Name extends keyof Events & string>(
  connection: Pick<Connection<Events>, 'on' | '~events'>,
  name: Name,
  listener: (data: Events[Name]) => void,
): void {
  const latest = useRef(listener)
  useInsertionEffect(() => {
    latest.current = listener
  })
  useEffect(() => connection.on(name, (data) => latest.current(data)), [connection, name])
}
