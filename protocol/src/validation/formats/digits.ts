const zero = 0x30

/** Whether an ASCII digit stands here. */
export function isDigitAt(text: string, index: number): boolean {
  const digit = text.charCodeAt(index) - zero
  return digit >= 0 && digit <= 9
}

/** The number that so many digits from here on make; -1 when something else stands among them. */
export function readDigits(text: string, start: number, count: number): number {
  let number = 0
  for (let index = start; index < start + count; index++) {
    if (!isDigitAt(text, index)) return -1
    number = number * 10 + text.charCodeAt(index) - zero
  }
  return number
}
