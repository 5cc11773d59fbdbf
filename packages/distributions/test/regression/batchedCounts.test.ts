import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { betaBinomial, hypergeometric } from '../../src/index.ts'

function expectClose(got: unknown, want: readonly unknown[]): void {
  const [a, b] = [got, want].map((x) => (x as number[]).flat(2)) as [number[], number[]]
  expect(a).toHaveLength(b.length)
  for (const [i, x] of b.entries()) expect(a[i]).toBeCloseTo(x, 5)
}

test('beta-binomial counts of a batch with totals of its own', () => {
  // scipy.stats.betabinom: cdf, entropy, ppf
  const d = betaBinomial(1, 1, [4, 0, 4, 4, 4])
  expectClose(d.cdf(2).arraySync(), [0.6, 1, 0.6, 0.6, 0.6])
  const five = 1.6094379124341003
  expectClose(d.entropy().arraySync(), [five, 0, five, five, five])
  const two = betaBinomial([1, 2], [1, 2], [5, 9])
  expectClose(two.cdf([1, 2]).arraySync(), [0.33333333333333337, 0.23636363636363633])
  expectClose(two.entropy().arraySync(), [1.791759469228055, 2.242141344214248])
  expect(
    two
      .icdf([
        [0.3, 0.3],
        [0.9, 0.9],
      ])
      .arraySync(),
  ).toEqual([
    [1, 3],
    [5, 8],
  ])
})

test('hypergeometric counts of a batch with draws of its own', () => {
  // scipy.stats.hypergeom: cdf, entropy, ppf
  const d = hypergeometric(10, 4, [[3], [2]])
  expectClose(d.cdf([0, 1]).arraySync(), [
    [0.16666666666666666, 0.6666666666666667],
    [0.3333333333333333, 0.8666666666666667],
  ])
  expectClose(d.entropy().arraySync(), [1.1197652558378344, 0.9701157839869381])
  expect(d.icdf([0.5, 0.9]).arraySync()).toEqual([
    [1, 2],
    [1, 2],
  ])
})
