import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { NumericalError } from '@variate/core'
import { call, type AnyDistribution } from '../distribution.ts'
import { gradients, show, tensorOf } from '../evaluate.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { areCoarse } from './coarse.ts'
import { densityTolerance } from './density.ts'
import { canDraw, countOf, draw, sizeOf } from './draws.ts'

type Family = AnyDistribution &
  Required<
    Pick<
      AnyDistribution,
      'naturalParameters' | 'sufficientStatistics' | 'logNormalizer' | 'logBaseMeasure' | 'fit'
    >
  >

/**
 * log p = h + Σ η·T − A to the tolerance of log densities, of the largest term where they cancel; ∇A(η) is the mean
 * of T over draws; and at a weighted fit ∇A is the weighted mean of T, which makes the gradient of the likelihood 0.
 */
export function checkExponentialFamily(subject: Subject): Tally {
  const { name, make, cases } = subject
  const tally = new Comparisons(name, 'exponential family')
  cases.forEach((item, seed) => {
    tf.tidy(() => {
      const family = call(make, item.args) as Family
      const at = `case "${item.name}"`
      const eta = family.naturalParameters()
      const values = tensorOf(item.values)
      const normalizer = family.logNormalizer().dataSync()[0]!
      const again = family.logNormalizer(eta).dataSync()[0]!
      const slopes = gradients((...natural) => family.logNormalizer(natural), eta)
      // η is rounded to float32: what 4 ulp of it change in A.
      const rounding = Math.max(...eta.flatMap((item, i) => ulpTimes(item, slopes[i]!)))
      // Natural parameters that float32 cannot hold, such as 1/scale², have no log-normaliser.
      if (!Number.isFinite(rounding) || !Number.isFinite(again)) return tally.omit()
      const allowed = densityTolerance(normalizer, rounding)
      tally.compare({ at: `${at}: A(η)`, expected: normalizer, got: again, allowed })
      const base = family.logBaseMeasure(values).dataSync()
      const products = family.sufficientStatistics(values).map((t, i) => dot(t, eta[i]!, item.values.length))
      item.logProb.forEach((expected, v) => {
        const terms = [base[v]!, ...products.map(([row]) => row[v]!), -normalizer]
        if (!Number.isFinite(expected) || !terms.every(Number.isFinite)) return
        const got = terms.reduce((sum, x) => sum + x, 0)
        const size = products.reduce((sum, [, sizes]) => sum + sizes[v]!, Math.max(...terms.map(Math.abs)))
        const allowed = Math.max(
          densityTolerance(expected, item.sensitivity[v]),
          5e-7 * size,
          4e-6 * Math.abs(normalizer),
        )
        tally.compare({ at: `${at} at ${show(item.values[v]!)}: h + η·T − A`, expected, got, allowed })
      })
      if (!canDraw(family)) return
      const count = countOf(subject, item)
      const numbers = draw(family, 9000 + seed, [count])
      if (areCoarse(family, numbers)) return tally.omit()
      const draws = tf.tensor(numbers, [count, ...family.eventShape])
      const statistics = family.sufficientStatistics(draws)
      statistics.forEach((t, i) => {
        compareMeans(tally, `${at}: mean of T[${i}] against ∇A`, t, slopes[i]!)
      })
      checkFit(tally, at, family, draws, statistics)
    })
  })
  return tally.close()
}

function ulpTimes(x: Tensor, slope: Tensor): number[] {
  const [numbers, slopes] = [x.dataSync(), slope.dataSync()]
  return Array.from(numbers, (number, i) => Math.abs(number * slopes[i]!) * 2 ** -23)
}

/** η·T for each value, and what they are made of: Σ max(1, |η|)·|T|, for η has the rounding of numbers about 1. */
function dot(statistic: Tensor, eta: Tensor, count: number): [products: number[], sizes: number[]] {
  const size = sizeOf(eta.shape)
  const [t, n] = [tf.broadcastTo(statistic, [count, ...eta.shape]).dataSync(), eta.dataSync()]
  const [products, sizes]: [number[], number[]] = [[], []]
  for (let v = 0; v < count; v++) {
    let [product, total] = [0, 0]
    for (let i = 0; i < size; i++) {
      const x = t[v * size + i]!
      // An η of −∞ with a T of 0 is a value that cannot be and is not.
      product += x === 0 ? 0 : x * n[i]!
      total += x === 0 ? 0 : Math.abs(x) * Math.max(1, Math.abs(n[i]!))
    }
    products.push(product)
    sizes.push(total)
  }
  return [products, sizes]
}

function compareMeans(tally: Comparisons, at: string, statistic: Tensor, slope: Tensor): void {
  const [t, expected] = [statistic.dataSync(), slope.dataSync()]
  const size = expected.length
  const n = t.length / size
  for (let i = 0; i < size; i++) {
    const found = meanTest(Float64Array.from({ length: n }, (_, row) => t[row * size + i]!))
    if (!found) continue
    const allowed = Z_CRITICAL * found.standardError + 2e-5 * Math.abs(found.mean)
    tally.compare({ at: `${at}, entry ${i}`, expected: expected[i]!, got: found.mean, allowed })
  }
}

function checkFit(
  tally: Comparisons,
  at: string,
  family: Family,
  draws: Tensor,
  statistics: readonly Tensor[],
): void {
  const n = draws.shape[0]!
  const weights = Float64Array.from({ length: n }, (_, i) => (i % 5) / 2)
  const total = weights.reduce((sum, x) => sum + x, 0)
  let fitted: Family
  try {
    fitted = family.fit(draws, { weights: Array.from(weights) }) as Family
  } catch (error) {
    if (!(error instanceof NumericalError)) throw error
    // Draws of extreme parameters may all be equal: no distribution makes them most likely.
    return
  }
  const slopes = gradients((...natural) => fitted.logNormalizer(natural), fitted.naturalParameters())
  statistics.forEach((statistic, k) => {
    const t = statistic.dataSync()
    const expected = slopes[k]!.dataSync()
    const size = expected.length
    expected.forEach((slope, i) => {
      let [sum, squares] = [0, 0]
      for (let row = 0; row < n; row++) sum += weights[row]! * t[row * size + i]!
      const mean = sum / total
      for (let row = 0; row < n; row++) squares += weights[row]! * (t[row * size + i]! - mean) ** 2
      const spread = Math.sqrt(squares / total)
      const allowed = 1e-3 * spread + 2e-5 * Math.abs(mean) + 1e-30
      tally.compare({ at: `${at}: ∇A at the fit, T[${k}] entry ${i}`, expected: mean, got: slope, allowed })
    })
  })
}
