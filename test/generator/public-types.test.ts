import { describe, expectTypeOf, it } from 'vitest'
import { type Config, defineConfig } from 'wirepact'
import {
  type ApiIr,
  type AsyncApiOptions,
  type AuthIr,
  type BackpressureIr,
  type Change,
  type ChangeClass,
  type ChannelIr,
  type Compiled,
  type ConversionIr,
  changeClasses,
  compile,
  type Diagnostic,
  type Docs,
  diffApis,
  type Emission,
  type EmitApi,
  type EmitOptions,
  type Emitter,
  type EventIr,
  type ExitCode,
  emitApi,
  emitAsyncApi,
  emitChanged,
  type FormatOptions,
  formatDiagnostics,
  type Generated,
  generate,
  type JsonSchema,
  type Kind,
  type Loaded,
  type LoadedApi,
  type LoadedModule,
  type LoadOptions,
  loadApi,
  loadModule,
  type MessageIr,
  main,
  type Normalised,
  type NormaliseOptions,
  type NormaliseProblem,
  normalise,
  type ParametersIr,
  type RateLimitIr,
  type RequestIr,
  type RosterIr,
  type RouteIr,
  type rules,
  type SchemaIr,
  type Site,
  type StreamIr,
  type World,
  warnings,
  writeDocs,
} from 'wirepact/compiler'

type Failed<Result extends { readonly ok: boolean }> = Extract<Result, { readonly ok: false }>
type Succeeded<Result extends { readonly ok: boolean }> = Extract<Result, { readonly ok: true }>

describe('the types of a configuration', () => {
  it('are those of its file', () => {
    expectTypeOf(defineConfig).toEqualTypeOf<(config: Config) => Config>()
    expectTypeOf<Config>().toEqualTypeOf<{
      readonly schema?: string
      readonly output?: string
      readonly handlers?: string | false
      readonly react?: boolean
    }>()
    // @ts-expect-error: there is no such option
    defineConfig({ outDir: './generated' })
    // @ts-expect-error: handlers are written somewhere, or not at all
    defineConfig({ handlers: true })
  })
})

describe('the types of the compiler', () => {
  it('load, compile and write, each with what went wrong instead', () => {
    expectTypeOf(loadApi).toEqualTypeOf<(path: string, options?: LoadOptions) => Promise<Loaded<LoadedApi>>>()
    expectTypeOf(loadModule).toEqualTypeOf<
      (path: string, options?: LoadOptions) => Promise<Loaded<LoadedModule>>
    >()
    expectTypeOf<LoadedApi>().toExtend<LoadedModule>()
    expectTypeOf<LoadOptions>().toEqualTypeOf<{ readonly maxRunMs?: number }>()
    expectTypeOf(compile).toEqualTypeOf<(loaded: Loaded<LoadedApi>) => Promise<Compiled>>()
    expectTypeOf(generate).toEqualTypeOf<(loaded: Loaded<LoadedApi>, emit: EmitApi) => Promise<Generated>>()
    expectTypeOf<Failed<Compiled>['diagnostics']>().toEqualTypeOf<readonly Diagnostic[]>()
    expectTypeOf<Failed<Loaded<LoadedApi>>['inputs']>().toEqualTypeOf<readonly string[]>()
    expectTypeOf<Succeeded<Generated>['files']>().toEqualTypeOf<ReadonlyMap<string, string>>()
    expectTypeOf(emitApi).toEqualTypeOf<EmitApi>()
    expectTypeOf<EmitOptions>().toEqualTypeOf<{ readonly react?: boolean | undefined }>()
    expectTypeOf(emitChanged).toEqualTypeOf<Emitter>()
    expectTypeOf<ReturnType<Emitter>>().toEqualTypeOf<Promise<Emission>>()
  })

  it('explain a problem with its place', () => {
    expectTypeOf(formatDiagnostics).toEqualTypeOf<
      (diagnostics: readonly Diagnostic[], options: FormatOptions) => string
    >()
    expectTypeOf<Diagnostic['site']>().toEqualTypeOf<Site | undefined>()
    expectTypeOf<Site>().toEqualTypeOf<{
      readonly file: string
      readonly line: number
      readonly column: number
    }>()
    expectTypeOf<(typeof rules)[number]>().returns.toExtend<readonly { readonly code: string }[]>()
    expectTypeOf(warnings).toEqualTypeOf<typeof rules>()
    expectTypeOf(main).toEqualTypeOf<(args: readonly string[], world: World) => Promise<ExitCode>>()
    expectTypeOf<ExitCode>().toEqualTypeOf<0 | 1 | 2>()
  })

  it('compare two versions, and write documents', () => {
    expectTypeOf(diffApis).toEqualTypeOf<(before: ApiIr, after: ApiIr) => readonly Change[]>()
    expectTypeOf<Change['class']>().toEqualTypeOf<ChangeClass>()
    expectTypeOf<ChangeClass>().toEqualTypeOf<'wire-breaking' | 'source-breaking' | 'compatible'>()
    expectTypeOf(changeClasses).toExtend<readonly ChangeClass[]>()
    expectTypeOf<'TYPE_CHANGED' | 'LATEST_LENGTHENED'>().toExtend<Kind>()
    expectTypeOf<string>().not.toExtend<Kind>()
    expectTypeOf(emitAsyncApi).toEqualTypeOf<(api: ApiIr, options?: AsyncApiOptions) => string>()
    expectTypeOf<AsyncApiOptions['perspective']>().toEqualTypeOf<'server' | 'client' | undefined>()
    expectTypeOf(writeDocs).toEqualTypeOf<(api: ApiIr) => string>()
  })

  it('bring a document into plain form', () => {
    expectTypeOf(normalise).toEqualTypeOf<(document: unknown, options?: NormaliseOptions) => Normalised>()
    expectTypeOf<Failed<Normalised>['problems']>().toEqualTypeOf<readonly NormaliseProblem[]>()
    expectTypeOf<Succeeded<Normalised>['definitions']>().toEqualTypeOf<ReadonlyMap<string, JsonSchema>>()
    expectTypeOf<NormaliseOptions['dialect']>().toEqualTypeOf<'2020-12' | 'draft-07' | undefined>()
    // @ts-expect-error: there is no such dialect
    const wrong: NormaliseOptions = { dialect: 'draft-04' }
    expectTypeOf(wrong).toEqualTypeOf<NormaliseOptions>()
  })
})

describe('the types of the intermediate form', () => {
  it('are an API with its parts', () => {
    expectTypeOf<ApiIr>().toExtend<Docs>()
    expectTypeOf<ApiIr['schemas']>().toEqualTypeOf<readonly SchemaIr[]>()
    expectTypeOf<RouteIr['channels']>().toEqualTypeOf<readonly ChannelIr[]>()
    expectTypeOf<RouteIr['params']>().toEqualTypeOf<ParametersIr | null>()
    expectTypeOf<RouteIr['auth']>().toEqualTypeOf<AuthIr | undefined>()
    expectTypeOf<ParametersIr['convert'][number]['to']>().toEqualTypeOf<ConversionIr>()
    expectTypeOf<ChannelIr['roster']>().toEqualTypeOf<RosterIr | undefined>()
  })

  it('tell messages apart by their kind', () => {
    expectTypeOf<MessageIr>().toEqualTypeOf<EventIr | RequestIr | StreamIr>()
    expectTypeOf<MessageIr['kind']>().toEqualTypeOf<'event' | 'request' | 'stream'>()
    expectTypeOf<MessageIr['rateLimit']>().toEqualTypeOf<RateLimitIr | undefined>()
    expectTypeOf<EventIr['backpressure']>().toEqualTypeOf<BackpressureIr | undefined>()
    // @ts-expect-error: only the newest has a key
    const policy: BackpressureIr = { policy: 'close', key: 'symbol' }
    expectTypeOf(policy).toEqualTypeOf<BackpressureIr>()
  })
})
