/** At least so many tests of a part have to be right. */
const marks = { required: 1290, 'optional/format': 652 }

/** Prints what became of every test, and answers whether that is good enough. */
export function report(results) {
  console.log(row(['file', 'tests', 'right', 'refused', 'wrong']))
  for (const { name, outcomes } of results) console.log(row([name, ...counts(outcomes)]))
  console.log('')
  for (const part of ['required', 'optional', 'optional/format']) {
    console.log(row([`all of ${part}`, ...counts(outcomesOf(results, part))]))
  }
  listRefused(results)
  listWrong(results)
  const failures = failuresOf(results)
  console.log(failures.length === 0 ? '\nThe marks are reached.' : `\n${failures.join('\n')}`)
  return failures.length === 0
}

function row([name, ...numbers]) {
  return name.padEnd(44) + numbers.map((number) => String(number).padStart(8)).join('')
}

function counts(outcomes) {
  const count = (wanted) => outcomes.filter(({ verdict }) => verdict.startsWith(wanted)).length
  return [outcomes.length, count('right'), count('refused'), count('wrong')]
}

function outcomesOf(results, part) {
  return results.filter((result) => result.part === part).flatMap(({ outcomes }) => outcomes)
}

function listRefused(results) {
  const lines = results.flatMap(({ name, outcomes }) => {
    const refused = outcomes.filter(({ verdict }) => verdict === 'refused')
    const groups = new Map(refused.map(({ group, reason }) => [group, reason]))
    return [...groups].map(([group, reason]) => `  ${name}, ${group.description}\n    ${reason}`)
  })
  if (lines.length > 0) console.log(`\nRefused at generation:\n${lines.join('\n')}`)
}

function listWrong(results) {
  const lines = results.flatMap(({ name, outcomes }) => {
    const wrong = outcomes.filter(({ verdict, disagreement }) => verdict.startsWith('wrong') || disagreement)
    return wrong.map(({ group, test, verdict, disagreement }) => {
      const what = [verdict.startsWith('wrong') ? verdict : [], disagreement ?? []].flat().join('; ')
      return `  ${name}, ${group.description}, ${test.description}: ${what}\n    ${JSON.stringify(test.data)}`
    })
  })
  if (lines.length > 0) console.log(`\nWrong:\n${lines.join('\n')}`)
}

function failuresOf(results) {
  const all = results.flatMap(({ outcomes }) => outcomes)
  const accepts = all.filter(({ verdict }) => verdict === 'wrong accept').length
  const disagreements = all.filter(({ disagreement }) => disagreement !== undefined).length
  const short = Object.entries(marks).flatMap(([part, mark]) => {
    const [tests, right] = counts(outcomesOf(results, part))
    return right < mark ? [`${part}: ${right} of ${tests} are right, and ${mark} have to be.`] : []
  })
  return [
    ...(accepts > 0 ? [`${accepts} values were accepted that do not fit.`] : []),
    ...(disagreements > 0 ? [`The interpreter disagrees with the check on ${disagreements} values.`] : []),
    ...short,
  ]
}
