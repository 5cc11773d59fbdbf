import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import type { Factory } from './distribution.ts'
import { checkCdf, checkIcdf, checkMoments } from './laws/cumulative.ts'
import { checkDensity } from './laws/density.ts'
import { checkGradient, checkSecond } from './laws/gradient.ts'
import { checkNaN, checkOutside } from './laws/support.ts'
import { parseOracle } from './oracle/parseOracle.ts'
import type { Subject } from './subject.ts'
import type { Tally } from './tally.ts'

export interface DistributionLawsOptions {
  /** The factory, or a function that calls it with the arguments of the oracle. */
  readonly make: Factory
  /** The parsed JSON of its oracle. */
  readonly oracle: unknown
  /** Positions of arguments that say how many or how long: they stay plain numbers in all tests. */
  readonly structural?: readonly number[]
}

/** Registers a test for each law that a distribution must obey. */
export function distributionLaws(
  name: string,
  { make, oracle, structural = [] }: DistributionLawsOptions,
): void {
  const cases = parseOracle(oracle)
  const subject: Subject = { name, make, cases, structural: new Set(structural) }
  const law = (sentence: string, check: (subject: Subject) => Tally): void =>
    test(`${name}: ${sentence}`, ({ task }) => {
      const tally = check(subject)
      expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
      ;(task.meta as { tally?: Tally }).tally = tally
    })
  const has = (key: (item: (typeof cases)[number]) => unknown): boolean => cases.some((item) => key(item))

  law('log densities are those of the oracle', checkDensity)
  if (has(({ gradient }) => gradient)) law('gradients are those of the oracle', checkGradient)
  if (has(({ second }) => second)) law('second derivatives are those of the oracle', checkSecond)
  if (has(({ cdf }) => cdf)) law('cumulative probabilities are those of the oracle', checkCdf)
  if (has(({ icdf }) => icdf?.p.length)) law('quantiles are those of the oracle', checkIcdf)
  if (has(({ mean, variance, entropy }) => mean ?? variance ?? entropy)) {
    law('mean, variance and entropy are those of the oracle', checkMoments)
  }
  if (has(({ outside }) => outside.length > 0)) law('what is outside the support has density 0', checkOutside)
  law('the log density of NaN is NaN', checkNaN)
}
