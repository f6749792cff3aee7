import { describeEngine } from './conformance.js'
import { makeSqlitePlace } from './sqlite-place.js'

describeEngine('the SQLite engine', makeSqlitePlace, { isShared: true })
