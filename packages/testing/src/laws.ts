import type { AnyDistribution } from './distribution.ts'
import type { Check } from './faults/fault.ts'
import { checkBatch } from './laws/batch.ts'
import { checkBatchSampler } from './laws/batchSampler.ts'
import { checkBroadcast } from './laws/broadcast.ts'
import { checkCdf, checkIcdf, checkMoments } from './laws/cumulative.ts'
import { checkDensity, differentiable } from './laws/density.ts'
import { checkExponentialFamily } from './laws/exponentialFamily.ts'
import { checkGradient, checkSecond } from './laws/gradient.ts'
import { checkCdfDerivative, checkEnumeration, checkRoundTrip } from './laws/identities.ts'
import { checkMemory } from './laws/memory.ts'
import { checkMixed, hasMixed } from './laws/mixed.ts'
import { checkPathwise } from './laws/pathwise.ts'
import { checkSampler, checkSampleShape } from './laws/sampler.ts'
import { checkLikelihoodRatio } from './laws/likelihoodRatio.ts'
import { checkScoreAgainstPath } from './laws/scoreAgainstPath.ts'
import { checkNaN, checkOutside } from './laws/support.ts'
import type { Case, Derivatives } from './oracle/parseOracle.ts'

/** A law, and whom it applies to. */
export interface Law {
  readonly sentence: string
  readonly check: Check
  /** Whether its comparisons are statistics, which chance may spoil. */
  readonly isStatistical?: boolean
  /** Whether it compares the log density or its derivatives with the oracle. */
  readonly isOfDensity?: boolean
  readonly applies: (cases: readonly Case[], distribution: AnyDistribution, own: readonly number[]) => boolean
}

const known = (rows: Derivatives | undefined): boolean =>
  [...(rows?.value ?? []), ...(rows?.leaves.flat() ?? [])].some((row) => row.some((x) => x !== null))

export const LAWS: readonly Law[] = [
  {
    sentence: 'log densities are those of the oracle',
    check: checkDensity,
    isOfDensity: true,
    applies: () => true,
  },
  {
    sentence: 'gradients are those of the oracle',
    check: checkGradient,
    isOfDensity: true,
    applies: (cases) => cases.some(({ gradient }) => known(gradient)),
  },
  {
    sentence: 'second derivatives are those of the oracle',
    check: checkSecond,
    isOfDensity: true,
    applies: (cases) => cases.some(({ second }) => known(second)),
  },
  {
    sentence: 'mixed second derivatives are those of the gradient',
    check: checkMixed,
    applies: (cases) => cases.some(hasMixed),
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
    applies: (_, { sample }) => sample !== undefined,
  },
  {
    sentence: 'draws follow the distribution',
    check: checkSampler,
    isStatistical: true,
    applies: (_, { sample }) => sample !== undefined,
  },
  {
    sentence: 'likelihood ratios of draws have mean 1',
    check: checkLikelihoodRatio,
    isStatistical: true,
    applies: (cases, { eventShape, sample }) =>
      sample !== undefined &&
      eventShape.length > 0 &&
      cases.some((item) => differentiable(item).some(Boolean)),
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
    // Of what is discrete such gradients are biased.
    applies: (_, { reparameterized, cdf, support }) =>
      reparameterized === true && cdf === undefined && !support.isDiscrete,
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
    applies: (_, { sample }, own) => sample !== undefined && own.length > 0,
  },
  {
    sentence: 'it is a member of the exponential family, and fits',
    check: checkExponentialFamily,
    isStatistical: true,
    applies: (_, { naturalParameters }) => naturalParameters !== undefined,
  },
  { sentence: 'no tensor is left behind', check: checkMemory, applies: () => true },
]
