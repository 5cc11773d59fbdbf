import { expect, test } from 'vitest'
import { paretoShape } from '../../src/monteCarlo/paretoShape.ts'
import oracle from './oracles/paretoShapes.json' with { type: 'json' }

test.each(oracle.cases)(
  'of weights whose tail has the shape $k: near it, and what the paper’s fit gives',
  (own) => {
    const { n, k, shape } = own
    // Quantiles of the generalised Pareto distribution, as its draws in expectation.
    const logWeights = Float64Array.from({ length: n }, (_, i) => {
      const p = (i + 0.5) / n
      return Math.log1p(k === 0 ? -Math.log1p(-p) : (Math.pow(1 - p, -k) - 1) / k)
    })
    const got = paretoShape(logWeights)
    expect(got).toBeCloseTo(shape, 8)
    expect(Math.abs(got - k)).toBeLessThan(0.12)
  },
)

test('of equal weights nothing is to be feared, and of 20 or fewer everything, for they do not tell', () => {
  expect(paretoShape(new Float64Array(1000))).toBe(-Infinity)
  for (let n = 1; n <= 20; n++) expect(paretoShape(new Float64Array(n))).toBe(Infinity)
  expect(paretoShape(new Float64Array(21))).toBe(-Infinity)
})

test('of weights that are 0, and of one that has all, it is a number, and large', () => {
  expect(paretoShape(new Float64Array(1000).fill(-Infinity, 0, 990))).toBeGreaterThan(0)
  const steep = Float64Array.from({ length: 1000 }, (_, i) => 10 * i)
  expect(paretoShape(steep)).toBeGreaterThan(0.7)
  expect(paretoShape(steep.map((x) => 1e3 * x))).toBeGreaterThan(0.7)
})

test('of weights of two sizes it is a number, though one shape of the grid is exactly that of an exponential tail', () => {
  for (const lesser of [-Infinity, -Math.LN2, -10]) {
    for (let count = 1; count < 150; count++) {
      const logWeights = Float64Array.from({ length: 1500 }, (_, i) => (i < count ? 0 : lesser))
      expect(paretoShape(logWeights), `${count} of 1, others exp(${lesser})`).not.toBeNaN()
    }
  }
})
