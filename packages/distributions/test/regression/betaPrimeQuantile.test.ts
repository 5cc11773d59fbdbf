import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { betaPrime } from '../../src/index.ts'

// mpmath: findroot of betainc(200, 3, 0, x/(1 + x), regularized=True) = p
test.each([
  [1e-30, 2.13844179],
  [1e-20, 3.28923829],
  [0.3, 55.0935557],
  [0.9, 181.88337],
])('the quantile of betaPrime(200, 3) at %d', (p, x) => {
  const actual = betaPrime(200, 3).icdf(p).dataSync()[0]!
  expect(Math.abs(actual / x - 1)).toBeLessThan(1e-6)
})

test('quantiles of x and 1/x are reciprocal', () => {
  const [x] = betaPrime(3, 0.2).icdf([0.4]).dataSync()
  const [inverse] = betaPrime(0.2, 3).icdf([0.6]).dataSync()
  expect(Math.abs(x! * inverse! - 1)).toBeLessThan(1e-6)
})
