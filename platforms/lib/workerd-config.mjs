/** What workerd is to serve: the worker with its Durable Object, on a free port, allowed to reach this computer. */
export function toConfig(compatibilityDate) {
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .main),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const main :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "${compatibilityDate}",
  durableObjectNamespaces = [(className = "Station", uniqueKey = "station")],
  durableObjectStorage = (inMemory = void),
  bindings = [(name = "STATION", durableObjectNamespace = "Station")],
);
`
}
