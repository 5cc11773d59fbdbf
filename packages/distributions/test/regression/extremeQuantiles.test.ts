import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gamma, studentT, truncatedNormal } from '../../src/index.ts'

// statistics.NormalDist().inv_cdf of Python: what t tends to, z³/(4·df) away.
test.each([1e16, 1e17, 1e20, 1e38])(
  'quantiles of studentT of %d degrees of freedom are those of the normal',
  (df) => {
    const [a, b, c] = studentT(df, 0, 1).icdf([0.9, 0.6, 0.01]).dataSync()
    expect(a! / 1.2815515655446004).toBeCloseTo(1, 6)
    expect(b! / 0.2533471031357997).toBeCloseTo(1, 6)
    expect(c! / -2.3263478740408408).toBeCloseTo(1, 6)
  },
)

// The quantile is a + z·√a + O(1).
test.each([1e13, 1e15, 1e17, 1e25, 3e30, 3e38])('quantiles of gamma of concentration %d rise to it', (a) => {
  const x = gamma(a, 2).icdf([1e-30, 0.1, 0.5, 0.9, 0.999]).dataSync()
  const z = [-11.464024688, -1.2815516, 0, 1.2815516, 3.0902323]
  for (const [i, each] of z.entries()) {
    expect((2 * x[i]!) / (a + each * Math.sqrt(a))).toBeCloseTo(1, 6)
    expect(x[i]).toBeGreaterThanOrEqual(x[i - 1] ?? 0)
  }
})

test('the mean of a truncated normal is between its ends', () => {
  // E[X] → the end nearest to loc, 1/|z| away.
  expect(truncatedNormal(1e20, 1, -1, 2).mean().dataSync()[0]).toBe(2)
  expect(truncatedNormal(-1e20, 1, -1, 2).mean().dataSync()[0]).toBe(-1)
})
