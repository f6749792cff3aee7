import process from 'node:process'
import { runScenario } from './scenario.js'
import type { Addresses } from './step.js'

/** The scenario as a program: `scenario-process ADDRESSES [ws]`. Its last line is what came of it, as JSON. */
const [addresses = '', choice] = process.argv.slice(2)
const given = choice === 'ws' ? { WebSocket: (await import('ws')).WebSocket } : {}
const results = await runScenario({
  addresses: JSON.parse(addresses) as Addresses,
  sendsHeaders: true,
  ...given,
})
console.log(JSON.stringify({ entry: import.meta.resolve('@wirepact/client'), results }))
