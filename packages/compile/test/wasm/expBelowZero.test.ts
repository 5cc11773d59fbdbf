import { expect, test } from 'vitest'
import { expBelowZero } from '../../src/wasm/maths/expBelowZero.ts'
import { run } from './run.ts'
import { series } from './ulps.ts'

const LEAST_NORMAL = -1022

function expOf(xs: readonly number[], least: number): number[] {
  return run((l, x) => expBelowZero(l, x!, least), xs, 'float64', true)
}

test('the exponential below zero is right to (3 + |x|)·2⁻⁵² of its size', () => {
  const xs = [...series(4000, (i) => -i / 1000), ...series(7080, (i) => -i / 10), -1e-300, -5e-324]
  const truth = xs.map(Math.exp)
  expOf(xs, LEAST_NORMAL).forEach((y, i) => {
    expect(Math.abs(y / truth[i]! - 1), `at ${xs[i]}`).toBeLessThanOrEqual((3 - xs[i]!) * 2 ** -52)
  })
})

test('the exponential of 0 is 1, of −∞ 0, and of NaN NaN', () => {
  expect(expOf([0, -0, -Infinity, NaN], LEAST_NORMAL)).toEqual([1, 1, 0, NaN])
})

test('the exponential is exactly 0 below the power of 2 that it is told', () => {
  const about = (n: number): readonly number[] => [n + 0.49, n - 0.51, n - 100].map((x) => x * Math.LN2)
  for (const least of [-100, LEAST_NORMAL]) {
    const [above, below, far] = expOf(about(least), least)
    expect(above).toBeGreaterThan(2 ** (least - 1))
    expect([below, far]).toEqual([0, 0])
  }
  expect(expOf([-1e4, -1e300, -Number.MAX_VALUE], -100)).toEqual([0, 0, 0])
})
