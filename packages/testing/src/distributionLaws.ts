import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import { call, type AnyDistribution, type Factory } from './distribution.ts'
import { FAULTS, spoiled, type Check } from './faults.ts'
import { checkBatch, checkBatchSampler, checkBroadcast, stackable } from './laws/batch.ts'
import { checkCdf, checkIcdf, checkMoments } from './laws/cumulative.ts'
import { checkDensity, differentiable } from './laws/density.ts'
import { checkExponentialFamily } from './laws/exponentialFamily.ts'
import { checkGradient, checkSecond } from './laws/gradient.ts'
import { checkCdfDerivative, checkEnumeration, checkRoundTrip } from './laws/identities.ts'
import { checkMemory } from './laws/memory.ts'
import { checkPathwise } from './laws/pathwise.ts'
import { checkSampler, checkSampleShape } from './laws/sampler.ts'
import { checkLikelihoodRatio } from './laws/likelihoodRatio.ts'
import { checkScoreAgainstPath } from './laws/scoreAgainstPath.ts'
import { checkNaN, checkOutside } from './laws/support.ts'
import { parseOracle, type Case, type Derivatives } from './oracle/parseOracle.ts'
import { STATISTICS_EACH } from './statistics/budget.ts'
import type { Subject } from './subject.ts'
import type { Tally } from './tally.ts'

export interface DistributionLawsOptions {
  /** The factory, or a function that calls it with the arguments of the oracle. */
  readonly make: Factory
  /** The parsed JSON of its oracle. */
  readonly oracle: unknown
  /** Positions of arguments that say how many or how long: they stay plain numbers in all tests. */
  readonly structural?: readonly number[]
  /** Whether values are angles, whose mean is a direction and whose variance is 1 − E cos of the angle to it. */
  readonly isCircular?: boolean
}

interface Law {
  readonly sentence: string
  readonly check: Check
  /** Whether its comparisons are statistics, which chance may spoil. */
  readonly isStatistical?: boolean
  readonly applies: (cases: readonly Case[], distribution: AnyDistribution, own: readonly number[]) => boolean
}

const known = (rows: Derivatives | undefined): boolean =>
  [...(rows?.value ?? []), ...(rows?.leaves.flat() ?? [])].some((row) => row.some((x) => x !== null))

const LAWS: readonly Law[] = [
  { sentence: 'log densities are those of the oracle', check: checkDensity, applies: () => true },
  {
    sentence: 'gradients are those of the oracle',
    check: checkGradient,
    applies: (cases) => cases.some(({ gradient }) => known(gradient)),
  },
  {
    sentence: 'second derivatives are those of the oracle',
    check: checkSecond,
    applies: (cases) => cases.some(({ second }) => known(second)),
  },
  {
    sentence: 'cumulative probabilities are those of the oracle',
    check: checkCdf,
    applies: (cases) => cases.some(({ cdf }) => cdf),
  },
  {
    sentence: 'quantiles are those of the oracle',
    check: checkIcdf,
    applies: (cases) => cases.some(({ icdf }) => icdf && icdf.p.length > 0),
  },
  {
    sentence: 'mean, variance and entropy are those of the oracle',
    check: checkMoments,
    applies: (cases) => cases.some(({ mean, variance, entropy }) => mean ?? variance ?? entropy),
  },
  {
    sentence: 'what is outside the support has density 0',
    check: checkOutside,
    applies: (cases) => cases.some(({ outside }) => outside.length > 0),
  },
  { sentence: 'the log density of NaN is NaN', check: checkNaN, applies: () => true },
  {
    sentence: 'the density is the derivative of the cumulative probability',
    check: checkCdfDerivative,
    applies: (_, { cdf }) => cdf !== undefined,
  },
  {
    sentence: 'the quantile of a cumulative probability is where it was taken',
    check: checkRoundTrip,
    applies: (_, { cdf, icdf }) => cdf !== undefined && icdf !== undefined,
  },
  {
    sentence: 'the probabilities of all values sum to 1',
    check: checkEnumeration,
    applies: (_, { enumerateSupport }) => enumerateSupport !== undefined,
  },
  {
    sentence: 'samples have their shapes, and equal keys give equal ones',
    check: checkSampleShape,
    applies: () => true,
  },
  {
    sentence: 'draws follow the distribution',
    check: checkSampler,
    isStatistical: true,
    applies: () => true,
  },
  {
    sentence: 'likelihood ratios of draws have mean 1',
    check: checkLikelihoodRatio,
    isStatistical: true,
    applies: (cases, { eventShape }) =>
      eventShape.length > 0 && cases.some((item) => differentiable(item).some(Boolean)),
  },
  {
    sentence: 'draws have the derivatives that the cumulative probability gives them',
    check: checkPathwise,
    applies: (_, { reparameterized, cdf }) => reparameterized === true && cdf !== undefined,
  },
  {
    sentence: 'reparameterized gradients agree with score-function gradients',
    check: checkScoreAgainstPath,
    isStatistical: true,
    applies: (_, { reparameterized, cdf }) => reparameterized === true && cdf === undefined,
  },
  {
    sentence: 'a batch gives what its elements give',
    check: checkBatch,
    applies: (_, __, own) => own.length > 0,
  },
  {
    sentence: 'parameters broadcast',
    check: checkBroadcast,
    applies: (_, __, own) => own.length > 1,
  },
  {
    sentence: 'elements of a batch are drawn independently',
    check: checkBatchSampler,
    isStatistical: true,
    applies: (_, __, own) => own.length > 0,
  },
  {
    sentence: 'it is a member of the exponential family, and fits',
    check: checkExponentialFamily,
    isStatistical: true,
    applies: (_, { naturalParameters }) => naturalParameters !== undefined,
  },
  { sentence: 'no tensor is left behind', check: checkMemory, applies: () => true },
]

/** The numbers that each law of samplers draws for a distribution, roughly. */
const DRAWS = 200_000
/** Faults are tried on so many cases, the typical ones, which come first, with fewer draws. */
const FAULTY_CASES = 3
const FAULTY_DRAWS = 40_000
const TIMEOUT = 60_000

/**
 * Registers a test for each law that a distribution must obey, and one for each fault that, built into the
 * distribution, a law must notice.
 */
export function distributionLaws(
  name: string,
  { make, oracle, structural = [], isCircular = false }: DistributionLawsOptions,
): void {
  const cases = parseOracle(oracle)
  const subject: Subject = {
    name,
    make,
    cases,
    structural: new Set(structural),
    isCircular,
    draws: DRAWS,
  }
  const distribution = call(make, cases[0]!.args)
  const own = cases[0]!.leaves.flatMap(({ argument }, i) => (subject.structural.has(argument) ? [] : [i]))
  const laws = LAWS.filter(({ applies }) => applies(cases, distribution, own))
  let statistics = 0

  describe(`${name}`, () => {
    for (const { sentence, check, isStatistical } of laws) {
      test(
        `${sentence}`,
        ({ task }) => {
          const tally = check(subject)
          expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
          if (isStatistical) statistics += tally.comparisons
          expect(statistics, 'statistics within the budget').toBeLessThanOrEqual(STATISTICS_EACH)
          ;(task.meta as { tally?: Tally }).tally = tally
        },
        TIMEOUT,
      )
    }
    const first = { ...subject, cases: cases.toSorted(byVariety).slice(0, FAULTY_CASES), draws: FAULTY_DRAWS }
    const alike = stackable(subject).toSorted((a, b) => b.length - a.length)[0]!
    for (const fault of FAULTS) {
      const checks = fault.laws.filter((check) =>
        laws.some((law) => law.check === check && law.applies(first.cases, distribution, own)),
      )
      if (checks.length === 0 || fault.applies?.(distribution) === false) continue
      if (fault.ofBatch && alike.length < 2) continue
      test(
        `${fault.name} is noticed`,
        () => {
          const faulty = {
            ...(fault.ofBatch ? { ...first, cases: alike } : first),
            make: spoiled(make, fault),
          }
          expect(checks.some((check) => complains(() => check(faulty)))).toBe(true)
        },
        TIMEOUT,
      )
    }
  })
}

/** Cases of which all values are alike say little: the others first, in their order. */
function byVariety(a: Case, b: Case): number {
  const isConstant = ({ logProb }: Case): number => +(new Set(logProb).size === 1)
  return isConstant(a) - isConstant(b)
}

function complains(run: () => unknown): boolean {
  try {
    run()
    return false
  } catch {
    return true
  }
}
