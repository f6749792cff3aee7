import { type TEnum, type TInteger, type TNumber, type TString, Type } from 'typebox'

export interface ParamOptions {
  readonly description?: string
}

export interface TextParamOptions extends ParamOptions {
  /** In code points. Default 1: an empty segment never matches. */
  readonly minLength?: number
  /** In code points. Default: no limit. */
  readonly maxLength?: number
}

export interface NumberParamOptions extends ParamOptions {
  readonly minimum?: number
  readonly maximum?: number
}

/**
 * Schemas for what stands in a path, a channel's name or a query: text that becomes a value of the schema's type
 * before any handler sees it. Each is a plain schema, and any other schema of a string, number or boolean will do
 * as well.
 *
 * ```ts
 * params: Type.Object({ teamId: param.uuid(), page: param.integer({ minimum: 1 }), tab: param.oneOf(['a', 'b']) })
 * ```
 */
export const param = {
  /** Any text. */
  string: (options: TextParamOptions = {}): TString => Type.String({ ...options }),

  /** A whole number, such as `-3` or `42`. */
  integer: (options: NumberParamOptions = {}): TInteger => Type.Integer({ ...options }),

  /** A number in JSON's notation, such as `1.5`. */
  number: (options: NumberParamOptions = {}): TNumber => Type.Number({ ...options }),

  /** A UUID of any version (RFC 9562). */
  uuid: (options: ParamOptions = {}): TString => Type.String({ ...options, format: 'uuid' }),

  /** Words of `a`–`z` and digits, joined with single hyphens: `my-first-post`. */
  slug: (options: TextParamOptions = {}): TString =>
    Type.String({ ...options, pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$' }),

  /** Text that a regular expression matches; anchor it with `^` and `$`. Without flags, or with `u` alone. */
  pattern: (pattern: string | RegExp, options: TextParamOptions = {}): TString =>
    Type.String({ ...options, pattern }),

  /** One of these values, all of them strings or all of them numbers. */
  oneOf: <const Values extends readonly [string, ...string[]] | readonly [number, ...number[]]>(
    values: Values,
    options: ParamOptions = {},
  ): TEnum<[...Values]> => Type.Enum<[...Values]>([...values], { ...options }),

  /** The rest of a path, for `{name*}`: one segment or more, each decoded, joined with `/`. */
  rest: (options: TextParamOptions = {}): TString => Type.String({ minLength: 1, ...options }),
} as const
