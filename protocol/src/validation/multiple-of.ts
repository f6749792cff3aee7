interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/**
 * Whether `value` is an integer number of times `divisor`, in decimal arithmetic: 0.0075 is a multiple of
 * 0.0001, although neither has an exact binary form. True for what is no number.
 */
export function isMultipleOf(value: unknown, divisor: number): boolean {
  if (typeof value !== 'number') return true
  if (!Number.isFinite(value)) return false
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0
  const [left, right] = [toDecimal(value), toDecimal(divisor)]
  const exponent = Math.min(left.exponent, right.exponent)
  return scale(left, exponent) % scale(right, exponent) === 0n
}

/** The shortest decimal that reads back as this number (ECMA-262, section 6.1.6.1.20). */
function toDecimal(value: number): Decimal {
  const [mantissa = '0', power = '0'] = value.toExponential().split('e')
  const [whole = '0', fraction = ''] = mantissa.split('.')
  return { digits: BigInt(whole + fraction), exponent: Number(power) - fraction.length }
}

function scale(decimal: Decimal, exponent: number): bigint {
  return decimal.digits * 10n ** BigInt(decimal.exponent - exponent)
}
