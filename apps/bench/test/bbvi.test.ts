import { expect, test } from 'vitest'
import { laterMean } from '../src/bbvi/fits.ts'
import { logEvidence } from '../src/bbvi/scored.ts'
import { measureTurns, medianOf, ratioOf } from '../src/bbvi/turns.ts'

test('all sides take turns, and each turn begins with another', async () => {
  const order: string[] = []
  const side = (name: string, seconds: number) => (steps: number) => {
    order.push(name)
    return Promise.resolve(1 + seconds * steps)
  }
  const sides = { a: side('a', 2), b: side('b', 6) }
  const turns = await measureTurns(sides, { a: [1, 3], b: [2, 5] }, 2, () => {})
  expect(order.join('')).toBe('aabbbbaaaabb')
  expect(medianOf(turns, 'a')).toBeCloseTo(2)
  expect(ratioOf(turns, 'b', 'a').median).toBeCloseTo(3)
})

test('the evidence of a number is the mixture of both of its densities', () => {
  // 0.3 φ(−0.5) + 0.7 φ(0.5) = φ(0.5) = 0.3520653267642995
  expect(logEvidence([0.5])).toBeCloseTo(Math.log(0.3520653267642995), 12)
})

test('the later mean leaves out the first half', () => {
  expect(laterMean([100, 100, 1, 3])).toBe(2)
})
