import { expect, test } from 'vitest'
import { PRECISIONS, runBoth } from './run.ts'

test.each(PRECISIONS)('what is bounded is NaN only where the number is, in %s', (precision) => {
  const numbers = [-Infinity, -3, -2, -1, 0, 1, 2, 3, Infinity, NaN]
  const rows = numbers.map((x) => [x])
  const bounded = (f: (x: number) => number): number[] => numbers.map((x) => (Number.isNaN(x) ? x : f(x)))
  for (const bound of [-2, 0, 2.5]) {
    const below = runBoth((l, x) => l.atLeast(x!, l.constant(bound)), rows, precision)
    const above = runBoth((l, x) => l.atMost(x!, l.constant(bound)), rows, precision)
    expect(below).toEqual(bounded((x) => Math.max(x, bound)))
    expect(above).toEqual(bounded((x) => Math.min(x, bound)))
  }
})
