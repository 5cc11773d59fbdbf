import { key } from '@variate/core'
import { expect, test } from 'vitest'
import { epochEnds, epochRows } from '../../src/amortized/epochRows.ts'

test.each([
  [10, 4],
  [12, 4],
  [7, 7],
  [5, 1],
])('each epoch takes every one of %i examples once, %i in a step, the last step as well', (size, count) => {
  const ends = epochEnds(size, count, 6)
  const { data, shape } = epochRows(size, count, { key: key(0), from: 0, to: ends.at(-1)! })
  expect(shape).toEqual([Math.ceil((6 * size) / count), count])
  const orders = Array.from({ length: 6 }, (_, epoch) => data.slice(epoch * size, (epoch + 1) * size))
  const all = Int32Array.from({ length: size }, (_, i) => i)
  for (const [epoch, order] of orders.entries()) {
    expect(order.toSorted()).toEqual(all)
    // When an epoch ends all of its examples have been taken.
    expect(ends[epoch]! * count).toBeGreaterThanOrEqual((epoch + 1) * size)
    expect((ends[epoch]! - 1) * count).toBeLessThan((epoch + 1) * size)
  }
  expect(new Set(orders.map(String)).size).toBeGreaterThan(1)
})

test('steps take the same examples wherever a list of them begins', () => {
  const whole = epochRows(10, 4, { key: key(3), from: 0, to: 20 }).data
  for (const [from, to] of [
    [0, 1],
    [3, 9],
    [19, 20],
  ] as const)
    // prettier-ignore
    expect(epochRows(10, 4, { key: key(3), from, to }).data).toEqual(whole.slice(4 * from, 4 * to))
})
