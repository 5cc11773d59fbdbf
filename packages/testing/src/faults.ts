import * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { add, isFinite, isNaN, maximum, mul, stopGradient, sub, sum, where } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type AnyDistribution, type Argument, type Factory, type Given } from './distribution.ts'
import { checkBatch } from './laws/batch.ts'
import { checkBatchSampler } from './laws/batchSampler.ts'
import { checkBroadcast } from './laws/broadcast.ts'
import { checkCdf, checkIcdf, checkMoments } from './laws/cumulative.ts'
import { checkDensity } from './laws/density.ts'
import { checkExponentialFamily } from './laws/exponentialFamily.ts'
import { checkGradient, checkSecond } from './laws/gradient.ts'
import { checkCdfDerivative, checkEnumeration, checkRoundTrip } from './laws/identities.ts'
import { checkMemory } from './laws/memory.ts'
import { checkMixed } from './laws/mixed.ts'
import { checkPathwise } from './laws/pathwise.ts'
import { checkSampleShape, checkSampler } from './laws/sampler.ts'
import { checkLikelihoodRatio } from './laws/likelihoodRatio.ts'
import { checkScoreAgainstPath } from './laws/scoreAgainstPath.ts'
import { checkNaN, checkOutside } from './laws/support.ts'
import type { Case } from './oracle/parseOracle.ts'
import type { Subject } from './subject.ts'
import type { Tally } from './tally.ts'
import { changed, firstOfBatch, rows, scaledGradient } from './spoil.ts'

export type Check = (subject: Subject) => Tally

type Change = (x: Tensor, index: number) => Tensor
type Remade = (change: Change) => AnyDistribution

/** A mistake that a distribution could contain, and the laws of which one must notice it. */
export interface Fault {
  readonly name: string
  readonly laws: readonly Check[]
  /** @param remade the same distribution with its tensors changed, by their number. */
  readonly spoil: (distribution: AnyDistribution, remade: Remade) => Partial<AnyDistribution>
  /** Whether it needs a batch of unlike elements. */
  readonly ofBatch?: true
  /** Whether the mistake is one for this distribution: what is discrete cannot be scaled. */
  readonly applies?: (distribution: AnyDistribution, cases: readonly Case[]) => boolean
}

const isContinuous = ({ support }: AnyDistribution): boolean => !support.isDiscrete
/** What is certain can be drawn in one way only. */
const isRandom = ({ variance }: AnyDistribution): boolean =>
  variance === undefined ||
  tf.tidy(() =>
    variance()
      .dataSync()
      .some((x) => x !== 0),
  )
/** What has gradient 0 everywhere has none to be scaled. */
const isSloped = (_: AnyDistribution, cases: readonly Case[]): boolean =>
  cases.some(({ gradient }) =>
    [...(gradient?.value ?? []), ...(gradient?.leaves.flat() ?? [])].some((row) =>
      row.some((x) => x !== null && x !== 0),
    ),
  )
const samplers = [checkSampler, checkLikelihoodRatio]

export const FAULTS: readonly Fault[] = [
  {
    name: 'a log density that is 0.01 % too large',
    laws: [checkDensity],
    spoil: (d) => changed(d, ['logProb'], (x) => mul(x, 1.0001)),
    applies: isSloped,
  },
  {
    name: 'a log density of 0.0001 in place of 0',
    laws: [checkDensity],
    spoil: (d) => changed(d, ['logProb'], (x) => add(x, 1e-4)),
    applies: (d, cases) => !isSloped(d, cases),
  },
  {
    name: 'a gradient in the value in place of 0',
    laws: [checkGradient],
    spoil: (d) => ({
      logProb: (given) =>
        tf.tidy(() => {
          const x = given as Tensor
          const axes = d.eventShape.map((_, axis) => axis - d.eventShape.length)
          const slope = mul(1e-3, sub(x, stopGradient(x)))
          return add(d.logProb(x), axes.length === 0 ? slope : sum(slope, axes)) as Tensor
        }),
    }),
    applies: (d, cases) => !isSloped(d, cases),
  },
  {
    name: 'a gradient that is 0.1 % too large',
    laws: [checkGradient],
    spoil: (d) => changed(d, ['logProb'], (x) => scaledGradient(x, 1.001)),
    applies: isSloped,
  },
  {
    name: 'no gradient',
    laws: [checkGradient],
    spoil: (d) => changed(d, ['logProb'], (x) => stopGradient(x)),
    applies: isSloped,
  },
  {
    name: 'second derivatives that are 1 % too large',
    laws: [checkSecond],
    spoil: (d) => changed(d, ['logProb'], (x) => scaledGradient(x, 1.01)),
    applies: isSloped,
  },
  {
    name: 'mixed second derivatives that are 1 % too large',
    laws: [checkMixed],
    applies: isSloped,
    // f less all that a part of its variables says alone: other derivatives up to the second are 0.
    spoil: (d, remade) => ({
      logProb: (given) =>
        tf.tidy(() => {
          const x = given as Tensor
          const whole = d.logProb(x)
          const alone = partsOf(d, remade).map((part) => remade(part).logProb(part(x, -1)))
          const mixed = alone.reduce((rest, f) => sub(rest, sub(f, stopGradient(f))) as Tensor, whole)
          const isKnown = isFinite(whole)
          return add(whole, where(isKnown, mul(0.01, sub(mixed, stopGradient(mixed))), 0)) as Tensor
        }),
    }),
  },
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
    name: 'a density outside the support',
    laws: [checkOutside],
    spoil: (d) => changed(d, ['logProb'], (x) => maximum(x, -1000)),
  },
  {
    name: 'a support that accepts everything',
    laws: [checkOutside],
    spoil: (d) => ({ support: { ...d.support, violation: () => undefined } }),
  },
  {
    name: 'a density for NaN',
    laws: [checkNaN],
    spoil: (d) => changed(d, ['logProb'], (x) => where(isNaN(x), 0, x)),
  },
  {
    name: 'a sampler with a tenth of its draws at one place',
    laws: samplers,
    applies: isRandom,
    spoil: (d) => changed(d, ['sample'], (x) => rows(x, (i) => (i % 10 === 0 ? 0 : i))),
  },
  {
    name: 'a sampler that is shifted',
    laws: samplers,
    spoil: (d) =>
      changed(d, ['sample'], (x) => {
        if (d.support.isDiscrete) return add(x, 1)
        return add(x, mul(0.1, tf.sqrt(tf.moments(x, 0).variance)))
      }),
  },
  {
    name: 'a sampler that spreads half too far',
    laws: samplers,
    applies: isContinuous,
    spoil: (d) =>
      changed(d, ['sample'], (x) => {
        const { mean } = tf.moments(x, 0)
        return add(mean, mul(1.5, tf.sub(x, mean)))
      }),
  },
  {
    name: 'a sampler that draws everything twice',
    laws: [checkSampler],
    applies: isRandom,
    spoil: (d) => changed(d, ['sample'], (x) => rows(x, (i) => i - (i % 2))),
  },
  {
    name: 'a sampler that ignores its key',
    laws: [checkSampleShape],
    applies: isRandom,
    spoil: (d) => ({ sample: (_, shape) => d.sample!(key(1), shape) }),
  },
  {
    name: 'a sampler that ignores the batch',
    laws: [checkBatchSampler],
    spoil: (d) => changed(d, ['sample'], (x) => firstOfBatch(d, x)),
  },
  {
    name: 'a log density that ignores the batch',
    ofBatch: true,
    laws: [checkBatch],
    spoil: (d) => changed(d, ['logProb'], (x) => firstOfBatch({ ...d, eventShape: [] }, x)),
  },
  {
    name: 'a log density that confuses the axes of the batch',
    laws: [checkBroadcast],
    ofBatch: true,
    spoil: (d) => changed(d, ['logProb'], (x) => (d.batchShape.length === 2 ? tf.reverse(x, -2) : x)),
  },
  {
    name: 'draws whose derivatives are half too large',
    laws: [checkPathwise],
    spoil: (d) => changed(d, ['sample'], (x) => scaledGradient(x, 1.5)),
  },
  {
    name: 'draws without derivatives',
    laws: [checkScoreAgainstPath],
    spoil: (d) => changed(d, ['sample'], (x) => stopGradient(x)),
  },
  {
    name: 'a tensor left behind',
    laws: [checkMemory],
    spoil: (d) => ({ logProb: (value) => (tf.scalar(0), d.logProb(value)) }),
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

/**
 * All variables but one held constant, each in turn: the value, which is number −1, unless it is discrete, and the
 * tensors of the distribution; or the first entries of the only one, and the others.
 */
function partsOf({ support }: AnyDistribution, remade: Remade): readonly Change[] {
  const live = support.isDiscrete ? [] : [-1]
  remade((x, index) => (live.push(index), x))
  if (live.length > 1) return live.map((part) => (x, index) => (index === part ? x : stopGradient(x)))
  return [0, 1].map((isFirst) => (x, index) => {
    if (index !== live[0] || x.rank === 0) return stopGradient(x)
    const places = tf.range(0, x.shape.at(-1)!)
    return where(isFirst === 1 ? tf.equal(places, 0) : tf.greater(places, 0), x, stopGradient(x)) as Tensor
  })
}

/** The factory with the fault built in. */
export function spoiled(make: Factory, { spoil }: Pick<Fault, 'spoil'>): Factory {
  return (...args: readonly Argument<Given>[]) => {
    const distribution = call(make, args)
    const remade: Remade = (change) => {
      let index = 0
      const next = <Value>(x: Value): Value =>
        x instanceof tf.Tensor ? (change(x, index++) as Value & Tensor) : x
      return call(
        make,
        args.map((x) =>
          isAlternatives(x)
            ? Object.fromEntries(Object.entries(x).map(([name, y]) => [name, next(y)]))
            : next(x),
        ),
      )
    }
    return { ...distribution, ...spoil(distribution, remade) }
  }
}

function isAlternatives(x: Argument<Given>): x is Readonly<Record<string, Given>> {
  return typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype
}
