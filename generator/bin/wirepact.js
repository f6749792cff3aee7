#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

// A command is over before most optimised code pays for itself: only what runs very often is optimised.
setFlagsFromString('--interrupt-budget=1000000')

const { runProcess } = await import('../dist/cli/run-process.js')
await runProcess()
