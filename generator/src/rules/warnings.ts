import type { Rule } from './rule.js'
import { unguardedChannel } from './unguarded-channel.js'

/** What is likely not meant, and keeps nothing from being generated. Looked for where no rule has found anything. */
export const warnings: readonly Rule[] = [unguardedChannel]
