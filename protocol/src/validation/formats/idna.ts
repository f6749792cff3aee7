/**
 * Whether the characters of a label may stand in an internationalized domain name (RFC 5892), together and in
 * this order (its appendix A, and RFC 5893).
 */
export function isUnicodeLabel(label: string): boolean {
  if (label === '' || label.startsWith('-') || label.endsWith('-') || label.slice(2, 4) === '--') return false
  if (label.normalize('NFC') !== label || /^\p{M}/u.test(label)) return false
  const characters = [...label]
  return characters.every((_, index) => isAllowed(characters, index)) && isBidiLabel(characters)
}

/** Characters that are allowed although their class is not, and the reverse (RFC 5892, section 2.6). */
const exceptions = new Set('ßςئ۽۾་〇')
const disallowed = /[\u0640\u07fa\u302e\u302f\u3031-\u3035\u303b]/u

/** The classes of RFC 5892, sections 2.1 to 2.9. */
const letterOrDigit = /[\p{Ll}\p{Lu}\p{Lo}\p{Nd}\p{Lm}\p{Mn}\p{Mc}]/u
const ignorable = /[\p{Default_Ignorable_Code_Point}\p{White_Space}\p{Noncharacter_Code_Point}]/u
const ignorableBlock = /[\u20d0-\u20ff\u{1d100}-\u{1d1ff}\u{1d200}-\u{1d24f}]/u
const oldHangul = /[\u1100-\u11ff\ua960-\ua97c\ud7b0-\ud7fb]/u

/** The property of one character where it stands (RFC 5892, section 3). */
function isAllowed(characters: readonly string[], index: number): boolean {
  const character = characters[index] as string
  const rule = contextRules.get(character)
  if (rule !== undefined) return rule(characters, index)
  if (/[\u0660-\u0669]/u.test(character)) return !characters.some((other) => /[\u06f0-\u06f9]/u.test(other))
  if (/[\u06f0-\u06f9]/u.test(character)) return !characters.some((other) => /[\u0660-\u0669]/u.test(other))
  if (exceptions.has(character)) return true
  if (disallowed.test(character) || isUnstable(character)) return false
  if (ignorable.test(character) || ignorableBlock.test(character)) return false
  return /[a-z0-9-]/.test(character) || (!oldHangul.test(character) && letterOrDigit.test(character))
}

/** Whether a character changes when it is normalized and its case is folded (RFC 5892, section 2.2). */
function isUnstable(character: string): boolean {
  return character.normalize('NFKC').toLowerCase().normalize('NFKC') !== character
}

type ContextRule = (characters: readonly string[], index: number) => boolean

const isScript = (script: RegExp, character: string | undefined) =>
  character !== undefined && script.test(character)
const afterHebrew: ContextRule = (characters, index) => isScript(/\p{Script=Hebrew}/u, characters[index - 1])

/** The rules of RFC 5892, appendix A. */
const contextRules: ReadonlyMap<string, ContextRule> = new Map<string, ContextRule>([
  ['\u200c', (characters, index) => isAfterVirama(characters, index) || joins(characters, index)],
  ['\u200d', isAfterVirama],
  ['\u00b7', (characters, index) => characters[index - 1] === 'l' && characters[index + 1] === 'l'],
  ['\u0375', (characters, index) => isScript(/\p{Script=Greek}/u, characters[index + 1])],
  ['\u05f3', afterHebrew],
  ['\u05f4', afterHebrew],
  [
    '\u30fb',
    (characters) =>
      characters.some(
        (other) =>
          /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(other) && other !== '\u30fb',
      ),
  ],
])

/** The signs of canonical combining class 9. */
const virama = new RegExp(
  '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039' +
    '\\u103a\\u1714\\u1715\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\u2d7f\\ua806\\ua82c\\ua8c4\\ua953' +
    '\\ua9c0\\uaaf6\\uabed\\u{10a3f}\\u{11046}\\u{1107f}\\u{110b9}\\u{11133}\\u{11134}\\u{111c0}\\u{11235}\\u{112ea}' +
    '\\u{1134d}\\u{11442}\\u{114c2}\\u{115bf}\\u{1163f}\\u{116b6}\\u{1172b}\\u{11839}]',
  'u',
)

function isAfterVirama(characters: readonly string[], index: number): boolean {
  const before = characters[index - 1]
  return before !== undefined && virama.test(before)
}

const joining = /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Mongolian}\p{Script=Nko}\p{Script=Mandaic}]/u
const joinsNothingAfter =
  /[\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5]/u

/** A non-joiner between two letters that would join (RFC 5892, appendix A.1), marks between them passed over. */
function joins(characters: readonly string[], index: number): boolean {
  const before = characters
    .slice(0, index)
    .filter((character) => !/\p{Mn}/u.test(character))
    .at(-1)
  const after = characters.slice(index + 1).find((character) => !/\p{Mn}/u.test(character))
  return isScript(joining, before) && !isScript(joinsNothingAfter, before) && isScript(joining, after)
}

const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const arabicDigit = /[\u0660-\u0669]/u

const isRight = (character: string) => rightToLeft.test(character) && /\p{L}/u.test(character)
const isLeft = (character: string) => !rightToLeft.test(character) && /\p{L}/u.test(character)

/** Whether a label has letters that are written from right to left. */
export function isRightToLeft(label: string): boolean {
  return [...label].some(isRight)
}

/** The Bidi rule (RFC 5893, section 2), by scripts in place of Bidi classes, which JavaScript does not know. */
function isBidiLabel(characters: readonly string[]): boolean {
  const hasArabicDigit = characters.some((character) => arabicDigit.test(character))
  if (!characters.some(isRight)) return !(hasArabicDigit && characters.some(isLeft))
  const [first = ''] = characters
  if (!isRight(first) || characters.some(isLeft)) return false
  return !(hasArabicDigit && characters.some((character) => /[0-9\u06f0-\u06f9]/u.test(character)))
}
