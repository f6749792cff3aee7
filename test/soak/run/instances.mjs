import { readFileSync, rmSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeHeapSnapshot } from 'node:v8'

const runtime = fileURLToPath(new URL('../../../runtime/dist', import.meta.url))

/** The names of every class of the runtime, as it was built. */
export async function findClassNames() {
  const names = new Set()
  const files = await readdir(runtime, { recursive: true })
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    for (const [, name] of readFileSync(join(runtime, file), 'utf8').matchAll(/^(?:export )?class (\w+)/gm))
      names.add(name)
  }
  return names
}

/** How many objects of each of these classes can be reached from anywhere in this process. */
export function countInstances(names) {
  const file = writeHeapSnapshot(join(tmpdir(), `wirepact-${process.pid}.heapsnapshot`))
  const { snapshot, nodes, strings } = JSON.parse(readFileSync(file, 'utf8'))
  rmSync(file)
  const { node_fields: fields, node_types: types } = snapshot.meta
  const objectType = types[0].indexOf('object')
  const counts = new Map([...names].map((name) => [name, 0]))
  for (let at = 0; at < nodes.length; at += fields.length) {
    const name = strings[nodes[at + 1]]
    if (nodes[at] === objectType && counts.has(name)) counts.set(name, counts.get(name) + 1)
  }
  return counts
}
