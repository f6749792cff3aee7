import { afterAll, describe, expect, it } from 'vitest'
import type { JsonSchema } from 'wirepact/compiler'
import { type AjvVerdict, ajvCheck } from './differential/ajv-check.js'
import { type GeneratedCheck, generateChecks } from './differential/generated-checks.js'
import { makeDocument } from './differential/make-schema.js'
import { makeFitting, makePlain, mutate } from './differential/make-value.js'
import { Random } from './differential/random.js'

/** Another seed, or more schemas, can be asked for: `WIREPACT_SEED=7 WIREPACT_SCHEMAS=5000`. */
const seed = Number(process.env.WIREPACT_SEED ?? 20201209)
const schemaCount = Number(process.env.WIREPACT_SCHEMAS ?? 120)
const valuesPerSchema = 30
const batchSize = 60

interface Case {
  readonly seed: number
  readonly document: JsonSchema
  readonly values: readonly unknown[]
}

function makeCase(caseSeed: number): Case {
  const random = new Random(caseSeed)
  const document = makeDocument(random)
  const fitting = random.list(valuesPerSchema / 3, () => makeFitting(document, random, document))
  const broken = fitting.map((value) => mutate(value, random))
  const values = [...fitting, ...broken, ...random.list(valuesPerSchema / 3, () => makePlain(random, 3))]
  // As they come off the wire: plain data, and nothing shared.
  return { seed: caseSeed, document, values: JSON.parse(JSON.stringify(values)) }
}

const cases = Array.from({ length: schemaCount }, (_, index) => makeCase(seed + index))
const batches = Array.from({ length: Math.ceil(cases.length / batchSize) }, (_, index) => {
  return cases.slice(index * batchSize, (index + 1) * batchSize)
})
const counts = { accepted: 0, refused: 0, comparedWithAjv: 0 }

/** The case in a form that can be read, and be run again alone. */
function report(one: Case, value: unknown, verdicts: object): string {
  const again = `WIREPACT_SEED=${one.seed} WIREPACT_SCHEMAS=1`
  return `${again}: ${JSON.stringify(verdicts)} for ${JSON.stringify(value)} by ${JSON.stringify(one.document)}`
}

function compare(one: Case, { check, interpret }: GeneratedCheck): readonly string[] {
  const judge = ajvCheck(one.document)
  return one.values.flatMap((value) => {
    const verdicts = { check: check(value), interpreter: interpret(value), ajv: judge(value) }
    count(verdicts)
    const agrees =
      verdicts.check === verdicts.interpreter && [verdicts.check, 'unknown'].includes(verdicts.ajv)
    return agrees ? [] : [report(one, value, verdicts)]
  })
}

function count(verdicts: { readonly check: boolean; readonly ajv: AjvVerdict }): void {
  counts[verdicts.check ? 'accepted' : 'refused']++
  if (verdicts.ajv !== 'unknown') counts.comparedWithAjv++
}

describe(`generated checks of random schemas, from the seed ${seed}`, () => {
  it.each(batches.map((batch, index) => ({ index, batch })))(
    'agree with Ajv and with the interpreter: part $index',
    {
      timeout: 120_000,
    },
    async ({ batch, index }) => {
      const checks = await generateChecks(
        `differential-${index}`,
        batch.map(({ document }) => document),
      )
      const disagreements = batch.flatMap((one, at) => compare(one, checks[at] as GeneratedCheck))
      expect(disagreements).toEqual([])
    },
  )

  it.runIf(schemaCount >= 100)(
    'have been asked about both kinds of values, and Ajv about half of them',
    () => {
      const all = counts.accepted + counts.refused
      expect(all).toBe(cases.length * valuesPerSchema)
      expect(counts.accepted / all).toBeGreaterThan(0.2)
      expect(counts.refused / all).toBeGreaterThan(0.2)
      expect(counts.comparedWithAjv / all).toBeGreaterThan(0.45)
    },
  )
})

afterAll(async () => {
  const { stop } = await import('esbuild')
  await stop()
})
