import {
  createContext,
  createElement,
  type FunctionComponent,
  type ReactNode,
  useContext,
  useMemo,
  useSyncExternalStore,
} from 'react'
import { reactDefaults } from '../options.js'
import type { Connection } from '../types.js'
import { Connections, toKey } from './connections.js'

export interface ClientProviderProps<Client> {
  /** The generated client. It opens nothing until a component needs it. */
  readonly client: Client
  /**
   * How long a connection, a subscription and a list of messages are kept when the last component that used them is
   * gone. Default 1,000.
   */
  readonly graceMs?: number | undefined
  readonly children?: ReactNode
}

/** The hooks of one API. Generated code makes it. */
export interface ClientContext<Client> {
  /** Gives the hooks below it their client. */
  readonly ClientProvider: FunctionComponent<ClientProviderProps<Client>>
  /** The client of the nearest provider. Throws a `TypeError` where there is none. */
  useClient(): Client
  /**
   * A connection to a route, from when the component is shown until it is gone; components that ask for the same
   * route with equal arguments share one. Before that, and on a server, it is idle. `args` has to be JSON.
   */
  useConnection<T extends Connection<object>>(route: string, args: object, open: (client: Client) => T): T
}

const Grace = createContext<number>(reactDefaults.graceMs)

/** How long things are kept for those who come back. */
export function useGraceMs(): number {
  return useContext(Grace)
}

export function createClientContext<Client extends object>(): ClientContext<Client> {
  const Given = createContext<Client | undefined>(undefined)
  const useClient = () => {
    const client = useContext(Given)
    if (client === undefined) throw new TypeError('There is no ClientProvider around this component.')
    return client
  }
  return {
    ClientProvider({ client, graceMs = reactDefaults.graceMs, children }) {
      return createElement(
        Given.Provider,
        { value: client },
        createElement(Grace.Provider, { value: graceMs }, children),
      )
    },
    useClient,
    useConnection: (route, args, open) => useShared(useClient(), toKey(route, args), open),
  }
}

function useShared<Client extends object, T extends Connection<object>>(
  client: Client,
  key: string,
  open: (client: Client) => T,
): T {
  const graceMs = useGraceMs()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which arguments `open` has.
  const { find, subscribe } = useMemo(() => {
    const find = () => Connections.of(client).find(key, () => open(client))
    const subscribe = (changed: () => void) => {
      const stop = find().take(graceMs)
      // A component that was hidden for long has another one now.
      changed()
      return stop
    }
    return { find, subscribe }
  }, [client, key, graceMs])
  return useSyncExternalStore(subscribe, find, find).connection
}
