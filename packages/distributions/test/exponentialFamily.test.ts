import '@tensorflow/tfjs-backend-cpu'
import { grad, memory, type Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NumericalError, ShapeError } from '@variate/core'
import { add, constant, mul, sub, type PlainArray } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { exponential } from '../src/exponential.ts'

describe('exponentialFamily', () => {
  test('log p(x) = h(x) + η·T(x) − A(η), for a batch', () => {
    const p = exponential([0.5, 3])
    const x = [[0.25], [2], [-1]]
    const eta = p.naturalParameters()[0]!
    expect(eta.arraySync()).toEqual([-0.5, -3])
    const product = mul(eta, p.sufficientStatistics(x)[0]!)
    const composed = sub(add(p.logBaseMeasure(x), product), p.logNormalizer())
    expect(composed.shape).toEqual([3, 2])
    const [direct, sum] = [p.logProb(x).dataSync(), composed.dataSync()]
    for (const [i, value] of direct.entries()) expect(sum[i]).toBeCloseTo(value, 6)
    expect(Array.from(direct.slice(4))).toEqual([-Infinity, -Infinity])
  })

  test('the gradient of the log-normaliser is the mean of the statistic', () => {
    const p = exponential([0.5, 4])
    const slope = grad((eta: Tensor) => p.logNormalizer([eta]))(p.naturalParameters()[0]!)
    expect(slope.arraySync()).toEqual([2, 0.25])
  })

  test('fits the weighted maximum of the likelihood, as plain numbers', () => {
    const before = memory().numTensors
    const fit = exponential(1).fit([1, 2, 6, 100], { weights: [2, 1, 1, 0] })
    expect(memory().numTensors).toBe(before)
    expect(fit.rate).toBeCloseTo(0.4, 7)
    expect(exponential(1).fit([1, 2, 6]).rate).toBeCloseTo(1 / 3, 7)
  })

  test('the fit has the batch of the distribution, the observations and the weights', () => {
    const weights = [
      [1, 0],
      [1, 0],
      [0, 3],
    ]
    const shapes = [
      exponential(1).fit([1, 2, 6], { weights }),
      exponential([7, 7]).fit([1, 2, 6], { weights }),
      exponential(1).fit([[1], [2], [6]], { weights }),
    ]
    for (const fit of shapes) {
      expect(fit.batchShape).toEqual([2])
      expect(Array.from((fit.rate as PlainArray).data)).toEqual([Math.fround(2 / 3), Math.fround(1 / 6)])
    }
    expect(exponential([1, 1]).fit([1, 3]).rate).toEqual({ shape: [2], data: Float64Array.of(0.5, 0.5) })
  })

  test('what it returns may be disposed, whatever it was made from', () => {
    const rate = constant([1, 2])
    const x = constant([3, 4])
    const p = exponential(rate)
    for (const made of [
      ...p.naturalParameters(),
      ...p.sufficientStatistics(x),
      p.logNormalizer(),
      p.logBaseMeasure(x),
    ])
      made.dispose()
    expect([rate.isDisposed, x.isDisposed]).toEqual([false, false])
    rate.dispose()
    x.dispose()
  })

  test('refuses observations and weights that no fit can use, and says where', () => {
    const p = exponential(1)
    expect(() => p.fit(3)).toThrow(new DomainError('exponential.fit: there are no observations in shape []'))
    expect(() => p.fit([])).toThrow(
      new DomainError('exponential.fit: there are no observations in shape [0]'),
    )
    expect(() => p.fit([1, 2, -3])).toThrow(
      new DomainError('exponential.fit: observations must be ≥ 0, got -3 at [2]'),
    )
    expect(() => p.fit([[1, NaN]])).toThrow(
      new DomainError('exponential.fit: observations must be ≥ 0, got NaN at [0, 1]'),
    )
    expect(() => p.fit([1, 2], { weights: [1, -1] })).toThrow(
      new DomainError('exponential.fit: weights must be ≥ 0, got -1 at [1]'),
    )
    expect(() => p.fit([1, 2], { weights: [1, NaN] })).toThrow(
      new DomainError('exponential.fit: weights must be ≥ 0, got NaN at [1]'),
    )
    expect(() => p.fit([1, 2], { weights: [0, 0] })).toThrow(
      new DomainError('exponential.fit: weights are all 0'),
    )
    expect(() =>
      p.fit([1, 2], {
        weights: [
          [1, 0],
          [1, 0],
        ],
      }),
    ).toThrow(new DomainError('exponential.fit: weights are all 0 at [1]'))
    expect(() => p.fit([1, 2], { weights: [1, 2, 3] })).toThrow(
      new ShapeError('exponential.fit: weights must have shape [2] or [2, ...batch], got [3]'),
    )
  })

  test('observations without a most likely distribution are an error, not NaN', () => {
    expect(() => exponential(1).fit([0, 0])).toThrow(
      new NumericalError(
        'exponential.fit: no distribution makes these observations most likely: exponential: rate must be > 0, got Infinity',
      ),
    )
  })
})
