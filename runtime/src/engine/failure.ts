import { WirepactError } from '@wirepact/protocol'

/** The error of a method that was called before `open`. */
export function notOpen(): WirepactError {
  return new WirepactError('ENGINE_FAILED', 'The engine is not open yet.')
}

/** The error of a method that was called after `close`. */
export function closed(): WirepactError {
  return new WirepactError('ENGINE_FAILED', 'The engine is closed.')
}

/** The error of a second `open`. */
export function openTwice(): WirepactError {
  return new WirepactError('ENGINE_FAILED', 'The engine was opened already; make one engine for each server.')
}
