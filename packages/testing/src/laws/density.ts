import type { Case } from '../oracle/parseOracle.ts'
import { call } from '../distribution.ts'
import { read, repeated, show, tensorOf, withLeaves } from '../evaluate.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'

/**
 * A log density is right to 4e-6 of itself, some 30 ulp of float32, or 2e-6 where it is near 0; where the problem is
 * ill-conditioned, to 4 times what one ulp of one input changes.
 */
export function densityTolerance(expected: number, sensitivity = 0): number {
  return Math.max(usualTolerance(expected), 4 * sensitivity)
}

/** Whether the problem is so ill-conditioned that more is allowed than elsewhere. */
export function isCoarseDensity(expected: number, sensitivity = 0): boolean {
  return 4 * sensitivity > usualTolerance(expected)
}

function usualTolerance(expected: number): number {
  return Math.max(4e-6 * Math.abs(expected), 2e-6)
}

/** Log densities against the oracle, with parameters as numbers, and as tensors with one batch element a value. */
export function checkDensity({ name, make, cases }: Subject): Tally {
  const tally = new Comparisons(name, 'log density against the oracle')
  for (const item of cases) {
    const plain = read(() => call(make, item.args).logProb(tensorOf(item.values)))
    const batched = read(() => call(make, batchOf(item)).logProb(tensorOf(item.values)))
    item.logProb.forEach((expected, i) => {
      const allowed = densityTolerance(expected, item.sensitivity[i])
      const isCoarse = isCoarseDensity(expected, item.sensitivity[i])
      const at = `case "${item.name}" at ${show(item.values[i]!)}`
      tally.compare({ at, expected, got: plain[i] ?? NaN, allowed, isCoarse })
      tally.compare({
        at: `${at}, parameters as tensors`,
        expected,
        got: batched[i] ?? NaN,
        allowed,
        isCoarse,
      })
    })
    if (!item.boundary) continue
    const { values, logProb } = item.boundary
    const ends = read(() => call(make, item.args).logProb(tensorOf(values)))
    logProb.forEach((expected, i) => {
      const at = `case "${item.name}" at the boundary ${show(values[i]!)}`
      tally.compare({ at, expected, got: ends[i] ?? NaN, allowed: densityTolerance(expected) })
    })
  }
  return tally.close()
}

/** The arguments with each parameter that has derivatives as a tensor of one batch element a value. */
function batchOf(item: Case): ReturnType<typeof withLeaves> {
  const isDifferentiable = differentiable(item)
  return withLeaves(
    item,
    item.leaves.map(({ value }, i) =>
      isDifferentiable[i] ? repeated(value, item.values.length) : undefined,
    ),
  )
}

/** Which leaves the oracle knows derivatives in. */
export function differentiable({ leaves, gradient }: Case): readonly boolean[] {
  return leaves.map((_, i) => gradient?.leaves[i]?.some((row) => row.some((x) => x !== null)) ?? false)
}
