/** What every client sends in the workload of requests; 108 bytes of JSON. */
export const order = {
  symbol: 'WPCT',
  side: 'buy',
  quantity: 250,
  price: 184.25,
  note: 'good until the end of the day, all or none',
}

/** What every server answers with. */
export function toReceipt({ symbol, quantity, price }, id) {
  return { id, symbol, total: quantity * price }
}

/** What every server publishes; `textBytes` more than 90 bytes of JSON. */
export function createTick(textBytes = 16) {
  return { at: nowMs(), symbol: 'WPCT', price: 184.25, volume: 1200, text: 'x'.repeat(textBytes) }
}

/** Milliseconds of the machine's steady clock, which all processes share. */
export function nowMs() {
  return Number(process.hrtime.bigint()) / 1e6
}
