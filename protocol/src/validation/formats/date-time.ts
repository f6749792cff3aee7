const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/
const timePattern = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|([+-])(\d\d):(\d\d))$/i
const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** `full-date` of RFC 3339, section 5.6, with the days that the month really has (appendix C). */
export function isDate(text: string): boolean {
  const match = datePattern.exec(text)
  if (match === null) return false
  const [year = 0, month = 0, day = 0] = match.slice(1).map(Number)
  if (month < 1 || month > 12 || day < 1) return false
  const isLeapDay = month === 2 && day === 29
  return isLeapDay ? isLeapYear(year) : day <= (daysInMonth[month - 1] as number)
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** `full-time` of RFC 3339, section 5.6. A leap second may only be the last one of a day in UTC (section 5.7). */
export function isTime(text: string): boolean {
  const match = timePattern.exec(text)
  if (match === null) return false
  const [hour = 0, minute = 0, second = 0] = match.slice(1, 4).map(Number)
  const offsetHour = Number(match[5] ?? 0)
  const offsetMinute = Number(match[6] ?? 0)
  if (hour > 23 || minute > 59 || second > 60 || offsetHour > 23 || offsetMinute > 59) return false
  if (second < 60) return true
  const offset = (offsetHour * 60 + offsetMinute) * (match[4] === '-' ? -1 : 1)
  return (hour * 60 + minute - offset + 2 * minutesPerDay) % minutesPerDay === minutesPerDay - 1
}

const minutesPerDay = 24 * 60

/** `date-time` of RFC 3339, section 5.6: a date, the letter T, a time with its offset. */
export function isDateTime(text: string): boolean {
  const separator = text.charAt(10)
  return (separator === 'T' || separator === 't') && isDate(text.slice(0, 10)) && isTime(text.slice(11))
}

const unit = (letter: string, rest: string) => `(?:\\d+${letter}${rest})`
const time = `T(?:${unit('H', '(?:\\d+M(?:\\d+S)?)?')}|${unit('M', '(?:\\d+S)?')}|${unit('S', '')})`
const date = `(?:${unit('Y', '(?:\\d+M(?:\\d+D)?)?')}|${unit('M', '(?:\\d+D)?')}|${unit('D', '')})`
const durationPattern = new RegExp(`^P(?:${date}(?:${time})?|${time}|\\d+W)$`)

/** `duration` of RFC 3339, appendix A: no fractions, no unit left out between two others. */
export function isDuration(text: string): boolean {
  return durationPattern.test(text)
}
