import { grad } from '@tensorflow/tfjs-core'
import { key, DomainError, ShapeError, UnsupportedError } from '@variate/core'
import { constant } from '@variate/core/ops'
import { expect, expectTypeOf, test } from 'vitest'
import {
  categorical,
  cauchy,
  delta,
  exponential,
  independent,
  laplace,
  mixture,
  normal,
  pareto,
  poisson,
  uniform,
} from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

const numbers = (x: { dataSync(): ArrayLike<number> }): number[] => Array.from(x.dataSync())

lawsOfCombinations('mixture')

test('a family and a list of the same components agree', () => {
  const family = mixture({ probs: [0.25, 0.75] }, normal([0, 4], [1, 2]))
  const list = mixture(categorical({ probs: [0.25, 0.75] }), [normal(0, 1), normal(4, 2)])
  const x = [-1, 0, 2.5, 4]
  // scipy: log(0.25·norm.pdf(x, 0, 1) + 0.75·norm.pdf(x, 4, 2))
  const expected = [-2.70208114, -2.12041203, -2.14294711, -1.89954417]
  numbers(family.logProb(x)).forEach((p, i) => expect(p).toBeCloseTo(expected[i]!, 5))
  expect(numbers(list.logProb(x))).toEqual(numbers(family.logProb(x)))
  expect(numbers(list.cdf(x))).toEqual(numbers(family.cdf(x)))
  expect([family.mean().arraySync(), list.mean().arraySync()]).toEqual([3, 3])
  // 0.25·(1 + 9) + 0.75·(4 + 1)
  expect([family.variance().arraySync(), list.variance().arraySync()]).toEqual([6.25, 6.25])
})

test('draws come from each component as often as its weight says', () => {
  const d = mixture(
    {
      probs: [
        [0.25, 0.75],
        [1, 0],
      ],
    },
    normal([-100, 100], 1),
  )
  expect(d.batchShape).toEqual([2])
  const draws = d.sample(key(7), [4000]).arraySync() as [number, number][]
  const share = draws.filter(([x]) => x > 0).length / 4000
  expect(Math.abs(share - 0.75)).toBeLessThan(4 * Math.sqrt((0.25 * 0.75) / 4000))
  expect(draws.every(([, x]) => x < 0)).toBe(true)
})

test('components of other families and supports go together', () => {
  const d = mixture({ probs: [0.5, 0.5] }, [exponential(1), laplace(0, 1)])
  // 0.5·(e⁻¹ + e⁻¹/2), 0.5·e⁻¹/2
  const [one, minus] = numbers(d.logProb([1, -1]))
  expect(one).toBeCloseTo(Math.log(0.75) - 1, 6)
  expect(minus).toBeCloseTo(Math.log(0.25) - 1, 6)
  expect(d.support.violation([-1], [])).toBeUndefined()
  const spike = mixture({ probs: [0.3, 0.7] }, [delta(0), poisson(2)])
  expect(numbers(spike.logProb([0, 1]))[0]).toBeCloseTo(Math.log(0.3 + 0.7 * Math.exp(-2)), 6)
})

test('supports that differ by component are told together', () => {
  const d = mixture({ probs: [0.5, 0.5] }, uniform([0, 2], [1, 3]))
  const got = numbers(d.logProb([0.5, 1.5, 2.5, 4]))
  expect(got[1]).toBe(-Infinity)
  expect(got[3]).toBe(-Infinity)
  expect(got[0]).toBeCloseTo(Math.log(0.5), 6)
  expect(numbers(d.support.outside(constant([0.5, 1.5, 2.5, 4]))!)).toEqual([0, 1, 0, 1])
})

test('events of vectors, gradients at a weight of 0', () => {
  const d = mixture(
    { probs: [0.5, 0.5] },
    independent(
      normal(
        [
          [0, 0],
          [1, 1],
        ],
        1,
      ),
      1,
    ),
  )
  expect([d.batchShape, d.eventShape]).toEqual([[], [2]])
  expect(
    d.logProb([
      [0, 0],
      [1, 1],
    ]).shape,
  ).toEqual([2])
  expect([d.mean().shape, d.sample(key(0), [5]).shape]).toEqual([[2], [5, 2]])
  const slope = grad((loc) => mixture({ probs: [1, 0] }, normal(loc, 1)).logProb(2))(constant([1, 5]))
  expect(numbers(slope).map(Math.abs)).toEqual([1, 0])
})

test('a component of weight 0 counts for nothing where its moments are infinite', () => {
  const d = mixture({ probs: [1, 0] }, [normal(0.5, 2), pareto(1, 0.5)])
  expect(d.mean().dataSync()[0]).toBe(0.5)
  expect(d.variance().dataSync()[0]).toBe(4)
  const half = mixture({ probs: [0.5, 0.5] }, [normal(0, 1), pareto(1, 0.5)])
  expect(half.mean().dataSync()[0]).toBe(Infinity)
})

test('it has what all its components have, by type', () => {
  expectTypeOf(mixture({ probs: [1] }, cauchy([0], 1))).not.toHaveProperty('mean')
  expectTypeOf(mixture({ probs: [1] }, normal([0], 1))).toHaveProperty('variance')
  expectTypeOf(mixture({ probs: [0.5, 0.5] }, [normal(0, 1), cauchy(0, 1)])).not.toHaveProperty('mean')
  expectTypeOf(mixture({ probs: [0.5, 0.5] }, [normal(0, 1), cauchy(0, 1)])).toHaveProperty('cdf')
  expectTypeOf(mixture({ probs: [1] }, normal([0], 1))).not.toHaveProperty('reparameterized')
  expect('mean' in mixture({ probs: [0.5, 0.5] }, [normal(0, 1), cauchy(0, 1)])).toBe(false)
})

test('what does not go together is refused', () => {
  expect(() => mixture({ probs: [0.5, 0.6] }, normal([0, 1], 1))).toThrow(DomainError)
  expect(() => mixture({ probs: [0.5, 0.5] }, normal([0, 1, 2], 1))).toThrow(
    new ShapeError('mixture: there are 2 weights for 3 components'),
  )
  expect(() => mixture({ probs: [1] }, normal(0, 1))).toThrow(
    new ShapeError('mixture: components must have a batch, got batch shape []'),
  )
  expect(() => mixture({ probs: [0.5, 0.5] }, [normal(0, 1), poisson(1)] as never)).toThrow(
    new UnsupportedError('mixture: normal and poisson have no common density: only one of them is discrete'),
  )
  expect(() => mixture({ probs: [0.5, 0.5] }, [normal(0, 1), independent(normal([0], 1))])).toThrow(
    ShapeError,
  )
})
