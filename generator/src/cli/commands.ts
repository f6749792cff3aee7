import type { Command } from './command.js'
import { diff } from './declare-diff.js'
import { docs } from './declare-docs.js'
import { doctor } from './declare-doctor.js'
import { exportDocument } from './declare-export.js'
import { generate } from './declare-generate.js'
import { init } from './declare-init.js'

/** Every command, in the order of the help. Each is declared in a file that loads what it runs when it runs. */
export const commands: readonly Command[] = [init, generate, diff, exportDocument, docs, doctor]
