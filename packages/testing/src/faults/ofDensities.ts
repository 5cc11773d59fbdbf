import * as tf from '@tensorflow/tfjs-core'
import { add, isFinite, isNaN, maximum, mul, stopGradient, sub, sum, where } from '@variate/core/ops'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { AnyDistribution } from '../distribution.ts'
import { checkBatch } from '../laws/batch.ts'
import { checkBroadcast } from '../laws/broadcast.ts'
import { checkDensity } from '../laws/density.ts'
import { checkGradient, checkSecond } from '../laws/gradient.ts'
import { checkMemory } from '../laws/memory.ts'
import { checkMixed } from '../laws/mixed.ts'
import { checkNaN, checkOutside } from '../laws/support.ts'
import type { Case } from '../oracle/parseOracle.ts'
import { changed, firstOfBatch, scaledGradient } from '../spoil.ts'
import type { Change, Fault, Remade } from './fault.ts'

/** What has gradient 0 everywhere has none to be scaled. */
const isSloped = (_: AnyDistribution, cases: readonly Case[]): boolean =>
  cases.some(({ gradient }) =>
    [...(gradient?.value ?? []), ...(gradient?.leaves.flat() ?? [])].some((row) =>
      row.some((x) => x !== null && x !== 0),
    ),
  )

/** Mistakes in the density, its derivatives and its support. */
export const FAULTS_OF_DENSITIES: readonly Fault[] = [
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
    name: 'a tensor left behind',
    laws: [checkMemory],
    spoil: (d) => ({ logProb: (value) => (tf.scalar(0), d.logProb(value)) }),
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
