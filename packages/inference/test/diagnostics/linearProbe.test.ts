import { DomainError, foldIn, key, ndarray, random, ShapeError } from '@variate/core'
import { describe, expect, test } from 'vitest'
import { linearProbe, type LinearProbeOptions } from '@variate/inference'
import oracle from './oracles/linearProbe.json' with { type: 'json' }

describe.each(oracle.cases)('$name', (own) => {
  const { seed, testShare, l2 } = own
  const probe = linearProbe(own.x, own.y, { seed, testShare, l2 })

  test('the split is that of the permutations of jax', () => {
    expect(Array.from(probe.test)).toEqual(own.test)
    expect([...probe.train, ...probe.test].toSorted((a, b) => a - b)).toEqual([...own.y.keys()])
  })

  test('weights, probabilities and accuracies are those of scikit-learn', () => {
    expect(probe.converged).toBe(true)
    close(probe.coefficients.toNested(), own.coefficients)
    close(probe.intercepts.toNested(), own.intercepts)
    const rows = own.test.slice(0, 4).map((row) => own.x[row]!)
    close(probe.probabilities(rows).toNested(), own.probabilities)
    expect(probe.trainAccuracy).toBeCloseTo(own.trainAccuracy, 12)
    expect(probe.testAccuracy).toBeCloseTo(own.testAccuracy, 12)
  })
})

function close(actual: unknown, expected: readonly unknown[]): void {
  const [got, wanted] = [[actual].flat(3) as number[], expected.flat(2) as number[]]
  expect(got).toHaveLength(wanted.length)
  for (const [i, value] of wanted.entries()) expect(got[i]).toBeCloseTo(value, 5)
}

const two = [[0], [0.2], [1], [1.4]]

test('labels may be words, and predictions are', () => {
  const probe = linearProbe(two, ['low', 'low', 'high', 'high'], { seed: 0, testShare: 0.5, l2: 0.1 })
  expect(probe.classes).toEqual(['high', 'low'])
  const predicted: ('high' | 'low')[] = probe.predict([[-3], [4]])
  expect(predicted).toEqual(['low', 'high'])
  expect(probe.accuracy([[-3], [4], [5]], ['low', 'high', 'low'])).toBeCloseTo(2 / 3, 12)
  expect(
    linearProbe(two, ['low', 'low', 'high', 'high'], { key: key(0), testShare: 0.5, l2: 0.1 }).test,
  ).toEqual(probe.test)
})

test('labels that are not 0 … k − 1 keep their numbers', () => {
  const probe = linearProbe(two, ndarray(Int32Array.of(7, 7, -2, -2)), { seed: 0, testShare: 0.5, l2: 0.1 })
  expect(probe.classes).toEqual([-2, 7])
  expect(probe.predict([[-3], [4]])).toEqual([7, -2])
})

test('latents that know nothing of the classes are told apart no better than by chance', () => {
  const n = 600
  const x = random.normal(key(1), [n, 3])
  const y = random.randint(foldIn(key(1), 1), [n], { high: 3 })
  const { testAccuracy } = linearProbe(x, y, { seed: 2 })
  expect(Math.abs(testAccuracy - 1 / 3) / Math.sqrt(2 / 9 / 150)).toBeLessThan(4)
})

test('every class is in both parts, however rare', () => {
  const y = Int32Array.from({ length: 42 }, (_, i) => (i < 40 ? i % 2 : 2))
  const x = Array.from(y, (label, i) => [label, i / 42])
  for (const testShare of [0.01, 0.99]) {
    const { train, test: tested } = linearProbe(x, y, { seed: 0, testShare })
    for (const part of [train, tested])
      expect(new Set(Array.from(part, (row) => y[row]))).toEqual(new Set([0, 1, 2]))
  }
})

test('a fit that is cut off says so', () => {
  const { x, y } = oracle.cases[0]!
  expect(linearProbe(x, y, { seed: 0, maxIterations: 1 }).converged).toBe(false)
})

describe('what cannot be probed is refused', () => {
  const seeded = { seed: 0 }

  test('labels of another number, that are no labels, of one class, and a class of one row', () => {
    expect(() => linearProbe(two, [0, 1], seeded)).toThrow(
      new ShapeError('linearProbe: labels must be one a row, 4, got 2'),
    )
    expect(() => linearProbe(two, [0, Number.NaN, 1, 1], seeded)).toThrow(
      new DomainError('linearProbe: labels must be finite numbers or text, got NaN at [1]'),
    )
    expect(() => linearProbe(two, [3, 3, 3, 3], seeded)).toThrow(
      new DomainError('linearProbe: labels must be of two classes or more, all are 3'),
    )
    expect(() => linearProbe(two, ['a', 'a', 'a', 'b'], seeded)).toThrow(
      new DomainError('linearProbe: class b has one row: there must be one to fit and one to test'),
    )
    expect(() => linearProbe(two, ndarray(new Int32Array(4), [2, 2]), seeded)).toThrow(
      new ShapeError('linearProbe: labels must have shape [4], got [2,2]'),
    )
  })

  test.each([
    [{ testShare: 1 }, 'linearProbe: testShare must be between 0 and 1, got 1'],
    [{ l2: 0 }, 'linearProbe: l2 must be > 0, got 0'],
    [{ l2: NaN }, 'linearProbe: l2 must be > 0, got NaN'],
    [{ maxIterations: 0 }, 'linearProbe: maxIterations must be a whole number ≥ 1, got 0'],
    [{ seed: undefined }, 'linearProbe: a seed or a key must be given: nothing here is random by itself'],
  ])('options %o', (options, message) => {
    expect(() => linearProbe(two, [0, 0, 1, 1], { ...seeded, ...options } as LinearProbeOptions)).toThrow(
      new DomainError(message),
    )
  })

  test('latents that are not finite', () => {
    expect(() => linearProbe([[0], [Infinity], [1], [2]], [0, 0, 1, 1], seeded)).toThrow(
      new DomainError('linearProbe: latents must be finite, got Infinity at row 1, column 0'),
    )
  })

  test('rows of other latents, and no array', () => {
    const probe = linearProbe(two, [0, 0, 1, 1], seeded)
    expect(() => probe.predict([[1, 2]])).toThrow(
      new ShapeError(
        'linearProbe.predict: x must have shape [m, 1], as many columns as the latents, got [1,2]',
      ),
    )
    expect(() => probe.accuracy([[1]], [0, 1])).toThrow(
      new ShapeError('linearProbe.accuracy: labels must be one a row, 1, got 2'),
    )
    expect(() => linearProbe(two, 3 as never, seeded)).toThrow(
      new DomainError('linearProbe: labels must be an array, got 3'),
    )
  })
})
