import { isDigitAt, readDigits } from './digits.js'

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const minutesPerDay = 24 * 60
const dateLength = '2026-01-01'.length
const timeLength = '12:00:00'.length
const offsetLength = '+00:00'.length

/** `full-date` of RFC 3339, section 5.6, with the days that the month really has (appendix C). */
export function isDate(text: string): boolean {
  return text.length === dateLength && startsWithDate(text)
}

/** `full-time` of RFC 3339, section 5.6. A leap second may only be the last one of a day in UTC (section 5.7). */
export function isTime(text: string): boolean {
  return isTimeAt(text, 0)
}

/** `date-time` of RFC 3339, section 5.6: a date, the letter T, a time with its offset. */
export function isDateTime(text: string): boolean {
  const separator = text[dateLength]
  return (separator === 'T' || separator === 't') && startsWithDate(text) && isTimeAt(text, dateLength + 1)
}

function startsWithDate(text: string): boolean {
  const [year, month, day] = [readDigits(text, 0, 4), readDigits(text, 5, 2), readDigits(text, 8, 2)]
  if (text[4] !== '-' || text[7] !== '-') return false
  if (year < 0 || month < 1 || month > 12 || day < 1) return false
  const isLeapDay = month === 2 && day === 29
  return isLeapDay ? isLeapYear(year) : day <= (daysInMonth[month - 1] as number)
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Whether a time begins here and the text ends with it. */
function isTimeAt(text: string, start: number): boolean {
  const hour = readDigits(text, start, 2)
  const minute = readDigits(text, start + 3, 2)
  const second = readDigits(text, start + 6, 2)
  if (text[start + 2] !== ':' || text[start + 5] !== ':') return false
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false
  const offset = readOffset(text, skipFraction(text, start + timeLength))
  if (offset === undefined) return false
  return (
    second < 60 || (hour * 60 + minute - offset + 2 * minutesPerDay) % minutesPerDay === minutesPerDay - 1
  )
}

/** Where a fraction of a second ends, which is where it would begin when there is none. */
function skipFraction(text: string, start: number): number {
  if (text[start] !== '.') return start
  let end = start + 1
  while (isDigitAt(text, end)) end++
  return end === start + 1 ? start : end
}

/** The minutes between a time and UTC, where nothing but an offset is left of the text. */
function readOffset(text: string, start: number): number | undefined {
  const sign = text[start]
  if (sign === 'Z' || sign === 'z') return text.length === start + 1 ? 0 : undefined
  const [hour, minute] = [readDigits(text, start + 1, 2), readDigits(text, start + 4, 2)]
  if ((sign !== '+' && sign !== '-') || text[start + 3] !== ':') return undefined
  if (text.length !== start + offsetLength || hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return undefined
  return (hour * 60 + minute) * (sign === '-' ? -1 : 1)
}

const unit = (letter: string, rest: string) => `(?:\\d+${letter}${rest})`
const time = `T(?:${unit('H', '(?:\\d+M(?:\\d+S)?)?')}|${unit('M', '(?:\\d+S)?')}|${unit('S', '')})`
const date = `(?:${unit('Y', '(?:\\d+M(?:\\d+D)?)?')}|${unit('M', '(?:\\d+D)?')}|${unit('D', '')})`
const durationPattern = new RegExp(`^P(?:${date}(?:${time})?|${time}|\\d+W)$`)

/** `duration` of RFC 3339, appendix A: no fractions, no unit left out between two others. */
export function isDuration(text: string): boolean {
  return durationPattern.test(text)
}
