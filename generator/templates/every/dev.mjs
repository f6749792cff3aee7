// For working on the project: when the schema or a handler changes, what follows from it is generated and compiled,
// and the server starts anew. `npm run dev` puts the programs below where they are found.
import { spawn } from 'node:child_process'

const programs = [
  ['wirepact', 'generate', '--watch'],
  ['tsc', '--watch', '--preserveWatchOutput'],
  ['node', '--watch', '--watch-preserve-output', 'dist/server.js'],
]
const shell = process.platform === 'win32'
const running = programs.map(([name, ...args]) => spawn(name, args, { stdio: 'inherit', shell }))

function stop() {
  for (const child of running) child.kill()
}

for (const child of running) child.on('exit', stop)
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
