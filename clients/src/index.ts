/** The types of this package; at run time one of the two entries takes its place. */
export * from './browser.js'
