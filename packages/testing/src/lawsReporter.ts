import type { Reporter, TestModule } from 'vitest/node'
import type { Comparison, Tally } from './tally.ts'

interface Row {
  comparisons: number
  coarse: number
  omitted: number
  distributions: Set<string>
  worst: (Comparison & { name: string }) | undefined
}

/**
 * A reporter of vitest that prints what the laws compared in the whole run: for each law the number of comparisons,
 * how many of them were coarse and how many left out, because rounding to float32 spoils their problem, and the one that used the largest share of what is allowed.
 *
 * @public named on vitest's command line
 */
export default class LawsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, Row>()
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { tally } = test.meta() as { tally?: Tally }
        if (!tally) continue
        const row = rows.get(tally.law) ?? empty()
        const name = test.parent.type === 'suite' ? test.parent.name : module.moduleId
        row.comparisons += tally.comparisons
        row.coarse += tally.coarse
        row.omitted += tally.omitted
        row.distributions.add(name)
        const { worst } = tally
        if (worst && !(shareOf(worst) <= (row.worst ? shareOf(row.worst) : -1)))
          row.worst = { ...worst, name }
        rows.set(tally.law, row)
      }
    }
    process.stdout.write(`\n${report(rows)}\n`)
  }
}

function empty(): Row {
  return { comparisons: 0, coarse: 0, omitted: 0, distributions: new Set(), worst: undefined }
}

function report(rows: ReadonlyMap<string, Row>): string {
  const names = new Set([...rows.values()].flatMap(({ distributions }) => [...distributions]))
  const count = (what: 'comparisons' | 'coarse' | 'omitted'): number =>
    [...rows.values()].reduce((sum, row) => sum + row[what], 0)
  const oracle = [...rows].reduce(
    (sum, [law, row]) => sum + (law.includes('oracle') ? row.comparisons : 0),
    0,
  )
  const lines = [...rows].map(([law, { comparisons, coarse, omitted, distributions, worst }]) => {
    const head = `${law}: ${comparisons} compared, of which ${coarse} coarse; ${omitted} left out; ${distributions.size} distributions`
    if (!worst) return head
    const error = Math.abs(worst.got - worst.expected)
    const relative =
      worst.expected === 0 ? '' : `, relative ${(error / Math.abs(worst.expected)).toExponential(1)}`
    return `${head}\n  worst: ${worst.name}, ${worst.at}: ${worst.got}, not ${worst.expected}: error ${error.toExponential(1)}${relative}, allowed ${worst.allowed.toExponential(1)}`
  })
  return [
    `${names.size} distributions, ${count('comparisons')} comparisons, ${oracle} of them with oracles; ` +
      `${count('coarse')} coarse, for what rounding does to their problem, and ${count('omitted')} left out for it`,
    ...lines,
  ].join('\n')
}

function shareOf({ expected, got, allowed }: Comparison): number {
  return expected === got ? 0 : Math.abs(got - expected) / allowed
}
