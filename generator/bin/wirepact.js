#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'

// A command is over before most optimised code pays for itself: only what runs very often is optimised. The V8 of
// Node 20 has this switch; later ones wait longer by themselves.
if (process.versions.v8.startsWith('11.')) setFlagsFromString('--interrupt-budget=1000000')

const { runProcess } = await import('../dist/cli/run-process.js')
await runProcess()
