import * as tf from '@tensorflow/tfjs-core'
import { add, mul } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { checkCdf, checkIcdf, checkMoments } from '../laws/cumulative.ts'
import { checkExponentialFamily } from '../laws/exponentialFamily.ts'
import { checkCdfDerivative, checkEnumeration, checkRoundTrip } from '../laws/identities.ts'
import { changed, scaledGradient } from '../spoil.ts'
import type { Fault } from './fault.ts'

/** Mistakes in cumulative probabilities, moments and the exponential family. */
export const FAULTS_OF_PROBABILITIES: readonly Fault[] = [
  {
    name: 'cumulative probabilities that are 0.01 % too small',
    laws: [checkCdf],
    spoil: (d) => changed(d, ['cdf'], (x) => mul(x, 0.9999)),
  },
  {
    name: 'a distribution function that grows 0.1 % too fast',
    laws: [checkCdfDerivative],
    spoil: (d) =>
      changed(d, ['cdf'], (x) => (d.support.isDiscrete ? mul(x, 0.999) : scaledGradient(x, 1.001))),
  },
  {
    name: 'quantiles of other probabilities',
    laws: [checkRoundTrip],
    spoil: (d) => {
      if (d.support.isDiscrete) return changed(d, ['icdf'], (x) => add(x, 2))
      return { icdf: (p) => tf.tidy(() => d.icdf!(mul(p as Tensor, 0.5))) }
    },
  },
  {
    name: 'quantiles that are too large',
    laws: [checkIcdf],
    spoil: (d) => changed(d, ['icdf'], (x) => (d.support.isDiscrete ? add(x, 1) : add(mul(x, 1.0001), 1e-4))),
  },
  {
    name: 'moments that are 0.01 % too large',
    laws: [checkMoments],
    spoil: (d) => changed(d, ['mean', 'variance', 'entropy'], (x) => mul(x, 1.0001)),
  },
  {
    name: 'a value that is not enumerated',
    laws: [checkEnumeration],
    spoil: (d) => changed(d, ['enumerateSupport'], (x) => tf.slice(x, 0, x.shape[0]! - 1)),
    applies: (d) => d.enumerateSupport !== undefined && tf.tidy(() => d.enumerateSupport!().shape[0]!) > 1,
  },
  {
    name: 'a log-normaliser that is 0.01 too large',
    laws: [checkExponentialFamily],
    applies: ({ logNormalizer }) => logNormalizer !== undefined,
    spoil: (d) => ({ logNormalizer: (eta) => tf.tidy(() => add(d.logNormalizer!(eta), 0.01)) }),
  },
  {
    name: 'a fit that ignores the observations',
    laws: [checkExponentialFamily],
    applies: ({ fit }) => fit !== undefined,
    spoil: (d) => ({ fit: () => d }),
  },
]
