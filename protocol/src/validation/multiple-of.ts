interface Decimal {
  readonly digits: bigint
  readonly exponent: number
}

/** Powers of ten up to the largest that every smaller whole number can be multiplied by without a loss. */
const powers = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent)

/**
 * Whether `value` is an integer number of times `divisor`, in decimal arithmetic: 0.0075 is a multiple of
 * 0.0001, although neither has an exact binary form. True for what is no number.
 */
export function isMultipleOf(value: unknown, divisor: number): boolean {
  if (typeof value !== 'number') return true
  if (!Number.isFinite(value)) return false
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0
  return isShortMultiple(value, divisor) ?? isLongMultiple(value, divisor)
}

/**
 * The answer where the divisor has few decimal places and both numbers few digits. A whole number that gives `value`
 * when it is divided by the power of ten has the same decimal digits; without one, `value` has more places.
 */
function isShortMultiple(value: number, divisor: number): boolean | undefined {
  for (const power of powers) {
    const units = Math.round(divisor * power)
    if (units / power !== divisor) continue
    const count = Math.round(value * power)
    if (units === 0 || !isShort(units) || !isShort(count)) return undefined
    return count / power === value && count % units === 0
  }
  return undefined
}

/** Fifteen decimal digits are always told apart by their binary forms. */
function isShort(count: number): boolean {
  return Math.abs(count) < 10 ** 15
}

function isLongMultiple(value: number, divisor: number): boolean {
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
