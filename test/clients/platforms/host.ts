/** What stands on the other side of a runtime that is tried. */
export { Site } from './site.js'
export { runStation } from './station-steps.js'
