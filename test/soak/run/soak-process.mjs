// Runs one soak in this process, which has to expose gc: `node --expose-gc soak-process.mjs NAME SIZE`.
import { soakNetwork } from '../../recovery/run/network.mjs'
import { soakIdle } from './idle.mjs'
import { soakLeaks } from './leaks.mjs'
import { soakStalled } from './stalled.mjs'

const soaks = { network: soakNetwork, idle: soakIdle, leaks: soakLeaks, stalled: soakStalled }
const [name, size] = process.argv.slice(2)
const figures = await soaks[name](Number(size))
figures.print()
process.exit(figures.hold ? 0 : 1)
