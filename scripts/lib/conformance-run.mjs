import { generateValidators } from './conformance-generate.mjs'

/** Runs every test of one file of the suite. */
export async function runFile(file, remotes) {
  const formats = file.part === 'optional/format' ? 'assert' : 'annotate'
  const checks = await generateValidators(file.groups, { remotes, formats })
  const outcomes = []
  for (const [index, group] of file.groups.entries()) {
    for (const test of group.tests) outcomes.push({ group, test, ...(await judge(checks[index], test)) })
  }
  return { name: file.name, part: file.part, outcomes }
}

/** What became of one test: `right`, `refused` at generation, a `wrong accept` or a `wrong refusal`. */
async function judge(checks, { data, valid }) {
  if (checks.refused !== undefined) return { verdict: 'refused', reason: checks.refused }
  const accepts = checks.check(data)
  const disagreement = await disagreementOf(checks, data, accepts)
  if (accepts !== valid) return { verdict: accepts ? 'wrong accept' : 'wrong refusal', disagreement }
  return { verdict: 'right', disagreement }
}

/** The interpreter gives the reasons for a refusal, so it has to say what the check says. */
async function disagreementOf(checks, data, accepts) {
  if (checks.fits(data) !== accepts) return `the interpreter says ${!accepts}`
  if (accepts) return undefined
  const problems = await checks.explain(data)
  return problems.some(({ keyword, path }) => keyword === 'schema' && path === '' && problems.length === 1)
    ? explainsFalse(problems)
    : undefined
}

/** A schema that nothing fits has no keyword to name. */
function explainsFalse([problem]) {
  return problem.message === 'must be absent' ? undefined : 'the refusal is not explained'
}
