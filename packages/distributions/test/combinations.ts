import type { Tensor } from '@tensorflow/tfjs-core'
import type { DistributionLawsOptions } from '@variate/testing'
import { special } from '@variate/core'
import {
  bernoulliStraightThrough,
  biject,
  censored,
  constraints,
  delta,
  expand,
  exponential,
  folded,
  improperUniform,
  independent,
  masked,
  mixture,
  normal,
  oneHotCategoricalStraightThrough,
  poisson,
  transformed,
  truncated,
  zeroInflated,
  type CategoryOptions,
  type ProbsOrLogits,
} from '../src/index.ts'
import type * as distributions from '../src/index.ts'
import { oracleOf } from './oracleOf.ts'

type Numbers = Parameters<typeof normal>[0]

/** A distribution that is made of others, or is none of numbers alone, and how the laws make it. */
export interface Combination extends DistributionLawsOptions {
  /** The factory that it stands for. */
  readonly of: keyof typeof distributions
}

const moments = ['mean', 'variance', 'entropy']
const shapeOf = (x: unknown): number[] => {
  if (typeof x === 'number') return []
  return Array.isArray(x) ? [x.length, ...shapeOf(x[0])] : [...(x as Tensor).shape]
}
// The tails, where float32 probabilities cancel, are for `truncatedNormal`.
const near = ['typical', 'standard', 'edges']

/** What has no oracle of its factory's name, each with those it is held to. */
export const combinations: Readonly<Record<string, Combination>> = {
  'bernoulliStraightThrough at temperature 0.5': {
    of: 'bernoulliStraightThrough',
    make: (options: ProbsOrLogits) => bernoulliStraightThrough(0.5, options),
    oracle: oracleOf('bernoulli', ['cdf', 'icdf']),
  },
  'oneHotCategoricalStraightThrough at temperature 2': {
    of: 'oneHotCategoricalStraightThrough',
    make: (options: CategoryOptions) => oneHotCategoricalStraightThrough(2, options),
    oracle: oracleOf('oneHotCategorical'),
  },
  'delta of vectors': {
    of: 'delta',
    make: (value: Numbers) => delta(value, { eventRank: 1 }),
    oracle: oracleOf('deltaOfVectors'),
  },
  'improperUniform above low': {
    of: 'improperUniform',
    make: (low: Numbers) => improperUniform(constraints.greaterThan(low), shapeOf(low)),
    oracle: oracleOf('improperUniformAbove'),
  },
  'improperUniform of a simplex': {
    of: 'improperUniform',
    make: (size: number) => improperUniform(constraints.simplex, [], [size]),
    oracle: oracleOf('improperUniformOfSimplex'),
    structural: [0],
  },
  'censored normal': {
    of: 'censored',
    make: (loc: Numbers, scale: Numbers, low: Numbers, high: Numbers) =>
      censored(normal(loc, scale), { low, high }),
    oracle: oracleOf('censoredNormal'),
    hasAtoms: true,
  },
  'censored Poisson': {
    of: 'censored',
    make: (rate: Numbers, low: Numbers, high: Numbers) => censored(poisson(rate), { low, high }),
    oracle: oracleOf('censoredPoisson'),
    hasAtoms: true,
  },
  'expanded normal': {
    of: 'expand',
    make: (loc: Numbers, scale: Numbers) => {
      const base = normal(loc, scale)
      return expand(base, base.batchShape)
    },
    oracle: oracleOf('normal'),
  },
  'folded normal': {
    of: 'folded',
    make: (loc: Numbers, scale: Numbers) => folded(normal(loc, scale)),
    oracle: oracleOf('foldedNormal'),
  },
  'folded normal (half-normal)': {
    of: 'folded',
    make: (scale: Numbers) => folded(normal(0, scale)),
    oracle: oracleOf('halfNormal', [...moments, 'icdf']),
  },
  'independent normals': {
    of: 'independent',
    make: (loc: Numbers, scale: Numbers) => independent(normal(loc, scale), 1),
    oracle: oracleOf('multivariateNormalDiag', ['covariance']),
  },
  'masked normal, all true': {
    of: 'masked',
    make: (loc: Numbers, scale: Numbers) => masked(normal(loc, scale), true),
    oracle: oracleOf('normal', ['entropy']),
  },
  'mixture of normals': {
    of: 'mixture',
    make: (weights: CategoryOptions, loc: Numbers, scale: Numbers) => mixture(weights, normal(loc, scale)),
    oracle: oracleOf('mixtureOfNormals'),
  },
  'mixture of one normal': {
    of: 'mixture',
    make: (loc: Numbers, scale: Numbers) => mixture({ probs: [1] }, [normal(loc, scale)]),
    oracle: oracleOf('normal', ['icdf', 'entropy']),
  },
  'mixture of equal normals': {
    of: 'mixture',
    make: (loc: Numbers, scale: Numbers) =>
      mixture({ logits: [0.5, -1] }, [normal(loc, scale), normal(loc, scale)]),
    oracle: oracleOf('normal', ['icdf', 'entropy']),
  },
  'transformed normal (log-normal)': {
    of: 'transformed',
    make: (loc: Numbers, scale: Numbers) => transformed(normal(loc, scale), biject.exp),
    oracle: oracleOf('logNormal', moments),
  },
  'transformed exponential (Weibull)': {
    of: 'transformed',
    make: (scale: Numbers, concentration: Numbers) =>
      transformed(exponential(1), [biject.invert(biject.power(concentration)), biject.affine(0, scale)]),
    oracle: oracleOf('weibull', moments),
  },
  'transformed normal (multivariate)': {
    of: 'transformed',
    make: (loc: readonly number[] | Tensor, { scaleTril }: { scaleTril: Numbers }) =>
      transformed(expand(normal(0, 1), shapeOf(loc).slice(-1)), biject.scaleTril(loc, scaleTril)),
    oracle: oracleOf('multivariateNormal', [...moments, 'covariance'], (name) =>
      name.startsWith('scaleTril'),
    ),
  },
  'truncated normal': {
    of: 'truncated',
    make: (loc: Numbers, scale: Numbers, low: Numbers, high: Numbers) =>
      truncated(normal(loc, scale), { low, high }),
    oracle: oracleOf('truncatedNormal', moments, (name) => near.includes(name)),
    roundingOf: ([loc, scale, low, high]) => {
      const [below, upTo] = [low, high].map((end) => special.ndtr((end! - loc!) / scale!)) as [number, number]
      return (2 ** -22 * Math.max(upTo, 1 - below)) / (upTo - below)
    },
  },
  'truncated exponential': {
    of: 'truncated',
    make: (rate: Numbers, low: Numbers, high: Numbers) => truncated(exponential(rate), { low, high }),
    oracle: oracleOf('truncatedExponential'),
  },
  'truncated Poisson': {
    of: 'truncated',
    make: (rate: Numbers, low: Numbers, high: Numbers) => truncated(poisson(rate), { low, high }),
    oracle: oracleOf('truncatedPoisson'),
  },
  'zero-inflated Poisson': {
    of: 'zeroInflated',
    make: (gate: Numbers, rate: Numbers) => zeroInflated(poisson(rate), { gate }),
    oracle: oracleOf('zeroInflatedPoisson'),
  },
}
