import type { Docs } from '../../ir.js'
import { canonicalJson } from '../../lower/canonical.js'
import type { PartPair, Report } from './part-pair.js'

/** What a person wrote about a part. */
export function compareDocs({ before, after, path }: PartPair<Docs>, report: Report): void {
  if (before.description !== after.description) {
    report.difference({ kind: 'DESCRIPTION_CHANGED', path, what: 'The description is another one.' })
  }
  if (canonicalJson(before.examples ?? []) !== canonicalJson(after.examples ?? [])) {
    report.difference({ kind: 'EXAMPLES_CHANGED', path, what: 'The examples are other ones.' })
  }
  const [was, is] = [before.deprecated === true, after.deprecated === true]
  if (is && !was) report.difference({ kind: 'DEPRECATED', path, what: 'It is deprecated now.' })
  if (was && !is) {
    report.difference({ kind: 'DEPRECATION_LIFTED', path, what: 'It is not deprecated any more.' })
  }
}
