/**
 * What a client needs of the protocol, and nothing else: an entry of its own, so that a bundler that splits a page into
 * files does not put what is loaded later (the checks of what a server sends) into what is loaded first.
 */
export { decodeBinaryFrame, encodeBinaryFrame } from './binary.js'
export type { closeCodes } from './close-codes.js'
export { shouldReconnect } from './close-codes.js'
export { encodeFrame } from './codec.js'
export { toErrorBody } from './error-body.js'
export type { ErrorCode } from './error-codes.js'
export { fromErrorBody, toWirepactError, WirepactError } from './errors.js'
export { fillTemplate, type TemplateValues } from './fill-template.js'
export type * from './frames.js'
export { SUBPROTOCOL } from './frames.js'
export type { Clock, MaybePromise, Random, Timer } from './ports.js'
export type { Problem } from './validator.js'
