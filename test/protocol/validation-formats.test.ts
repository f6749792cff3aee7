import { formats, knownFormats } from '@wirepact/protocol/validation'
import { describe, expect, it } from 'vitest'

/** For each format what has it and what has not, one reason a line. */
const table: Record<string, { yes: string[]; no: string[] }> = {
  date: {
    yes: ['2024-02-29', '2000-02-29', '0000-01-01', '1999-12-31'],
    no: [
      '2023-02-29',
      '1900-02-29',
      '2024-13-01',
      '2024-00-10',
      '2024-04-31',
      '24-01-01',
      '2024-1-1',
      '2024-01-01Z',
      '২024-01-01',
    ],
  },
  time: {
    yes: [
      '00:00:00Z',
      '23:59:60Z',
      '12:30:45.123456789+05:30',
      '01:29:60+01:30',
      '15:59:60-08:00',
      '08:30:06z',
    ],
    no: [
      '24:00:00Z',
      '12:60:00Z',
      '12:00:61Z',
      '12:00:00',
      '12:00:00+24:00',
      '22:59:60Z',
      '12:00:00.Z',
      '12:00Z',
      '1:00:00Z',
    ],
  },
  'date-time': {
    yes: ['1963-06-19T08:30:06.283185Z', '1990-12-31t15:59:60-08:00', '2024-02-29T00:00:00+00:00'],
    no: [
      '2024-02-30T00:00:00Z',
      '2024-01-01 00:00:00Z',
      '2024-01-01T00:00:00',
      '2024-01-01',
      'T00:00:00Z',
      '',
    ],
  },
  duration: {
    yes: ['P4DT12H30M5S', 'P1Y', 'P1Y2M3D', 'PT0S', 'P2W', 'PT1M', 'PT36H', 'P1M2D'],
    no: ['P', 'PT', 'P1Y2W', 'P1D2H', 'PT1D', '1Y', 'P1Y2D', 'PT1H2S', 'P0.5D', 'p1d', 'P1YT'],
  },
  email: {
    yes: [
      'joe@example.com',
      'te~st@example.com',
      '"joe bloggs"@example.com',
      'a@[127.0.0.1]',
      'a@[IPv6:::1]',
      'a+b@c.d',
    ],
    no: [
      'joe',
      '@example.com',
      'joe@',
      '.joe@a.b',
      'joe.@a.b',
      'j..b@a.b',
      'joe bloggs@a.b',
      'a@[256.0.0.1]',
      'a@-b.c',
      'ü@a.b',
      `${'a'.repeat(65)}@a.b`,
    ],
  },
  'idn-email': {
    yes: ['실례@실례.테스트', 'joe@example.com', 'ü@a.b'],
    no: ['2962', '@실례.테스트', 'a@-실례', 'a b@실례.테스트'],
  },
  hostname: {
    yes: ['example.com', 'a', '1.2', 'a-b.c', 'xn--nxasmm1c', `${'a'.repeat(63)}.b`, 'EXAMPLE.com'],
    no: [
      '',
      '.',
      'a.',
      '.a',
      'a..b',
      '-a',
      'a-',
      'a_b',
      'a b',
      'xn--X',
      'ab--cd',
      `${'a'.repeat(64)}`,
      `${'a.'.repeat(127)}ab`,
      'exämple.com',
    ],
  },
  'idn-hostname': {
    yes: ['실례.테스트', 'example.com', 'straße.de', 'l·l', 'xn--nxasmm1c', 'אב', 'نامه\u200cای'],
    no: ['', '〮한국', 'a·l', '\u0300a', 'Ａ', 'א1a', 'ab--c', '-실례', 'a\u200db', '٠۰'],
  },
  ipv4: {
    yes: ['192.168.0.1', '0.0.0.0', '255.255.255.255'],
    no: ['256.0.0.1', '1.2.3', '1.2.3.4.5', '01.2.3.4', '0x7f.1.1.1', '1.2.3.4 ', '127.1', '', '1.2.3.٤'],
  },
  ipv6: {
    yes: [
      '::',
      '::1',
      '1::',
      '2001:db8::8a2e:370:7334',
      '1:2:3:4:5:6:7:8',
      '::ffff:192.168.0.1',
      '1:2:3:4:5:6:1.2.3.4',
    ],
    no: [
      '',
      ':',
      ':::',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '1::2::3',
      '12345::',
      '::g',
      'fe80::1%eth0',
      '::1.2.3',
      '1:2:3:4:5:6:7:1.2.3.4',
      '1.2.3.4::',
      ':1::',
      '1:2:3:4:5:6:7:8::',
    ],
  },
  uri: {
    yes: [
      'http://a.b/c?d=e#f',
      'urn:a:b',
      'mailto:a@b.c',
      'ldap://[2001:db8::7]/c=GB?objectClass?one',
      'x:',
      'tel:+1-816',
      'http://a%20b/',
      'file:///etc/passwd',
      'http://a:80/',
    ],
    no: [
      '//a.b/c',
      '/c',
      'c',
      '',
      'http://a b',
      'http://a/\\',
      'http://[::1',
      'http://[::g]/',
      '1http://a',
      'http://a/%zz',
      'http://ü',
      'http://a:b/',
      ':a',
      'http://a/<b>',
      'http://a#b#c',
    ],
  },
  'uri-reference': {
    yes: ['', '/a', 'a/b?c#d', '#a', '?a', '//a.b', 'http://a', './a:b'],
    no: ['\\\\a', '#a\\b', 'a b', 'a%', '//[', '1:a', '"'],
  },
  iri: {
    yes: ['http://ƒøø.ßår/?∂éœ=πîx#πîüx', 'http://a.b/ü', 'http://[::1]/ü', 'x:\u{10000}'],
    no: ['/âππ', 'âππ', 'http://2001:0db8:85a3::7334', 'http://a/ü b', 'http:// ü', 'http://ü/\ue000'],
  },
  'iri-reference': {
    yes: ['/âππ', '#ƒräg', 'âππ', '?\ue000'],
    no: ['\\\\a', '#ƒräg\\', '\ue000', '\ufdd0', 'ü b'],
  },
  'uri-template': {
    yes: ['', 'http://a/{b}', '{+a,b*}', '{#a:3}', '{/a,b.c}', '{?a}{&b}', '{%41}', 'ü', "it's"],
    no: [
      '{',
      '}',
      '{}',
      '{a',
      'a}',
      '{a:0}',
      '{a:12345}',
      '{a**}',
      '{a b}',
      '{-a}',
      '%',
      '%4',
      'a b',
      '<',
      '{a,}',
      '{.}',
    ],
  },
  uuid: {
    yes: [
      '2eb8aa08-aa98-11ea-b4aa-73b441d16380',
      '00000000-0000-0000-0000-000000000000',
      '2EB8AA08-AA98-11EA-B4AA-73B441D16380',
    ],
    no: [
      '2eb8aa08-aa98-11ea-b4aa-73b441d1638',
      '2eb8aa08aa9811eab4aa73b441d16380',
      '2eb8-aa08-aa98-11ea-b4aa73b44-1d16380',
      'gggggggg-aa98-11ea-b4aa-73b441d16380',
      '{2eb8aa08-aa98-11ea-b4aa-73b441d16380}',
    ],
  },
  'json-pointer': {
    yes: ['', '/', '/a~0b/~1/0', '//', '/ü %', '/\u0000'],
    no: ['a', '#', '#/a', '/~', '/~2', '/a~', '/~0~'],
  },
  'relative-json-pointer': {
    yes: ['0', '1/a', '2#', '0-1/a', '10+1', '3/'],
    no: ['', '/a', '-1/a', '+1', '01/a', '0##', '1a', '0#/a', '0+0'],
  },
  regex: {
    yes: ['', '^[a-z]+$', '\\p{L}', '(?<a>.)\\k<a>'],
    no: ['(', '[', '\\a', 'a{2,1}', '*', '\\p{Nothing}'],
  },
}

describe.each(Object.entries(table))('the format %s', (format, { yes, no }) => {
  it('takes what its specification takes, and nothing else', () => {
    const isFormat = formats.get(format)
    expect(yes.filter((text) => isFormat?.(text) !== true)).toEqual([])
    expect(no.filter((text) => isFormat?.(text) !== false)).toEqual([])
  })
})

/** Text that makes a check with backtracking try everything: one bad character behind much that could go on. */
const repeated = [
  'a',
  '1',
  '0.',
  ':',
  '1:',
  'a.',
  'a-',
  '/',
  '~0',
  '%41',
  '{a}',
  '{a,',
  'P1Y',
  'T1H',
  '"',
  '\\"',
  '@',
  '-',
  '☃',
  'אa',
]
const hostile = repeated.flatMap((part) =>
  ['', 'a@', 'http://', 'xn--', 'P', '/', '{'].map((start) => `${start + part.repeat(50_000)}\u0000`),
)

describe('every format', () => {
  it('is in the table of known formats and has a check', () => {
    expect([...formats.keys()].sort()).toEqual([...knownFormats].sort())
    expect(Object.keys(table).sort()).toEqual([...knownFormats].sort())
  })

  it('comes to an end over long hostile text', () => {
    for (const [format, isFormat] of formats)
      for (const text of hostile) expect(typeof isFormat(text), format).toBe('boolean')
  })
})
