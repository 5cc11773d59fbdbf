import '@tensorflow/tfjs-backend-cpu'
import { constant, type Real } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { atLeast } from '../../src/constraints/atLeast.ts'
import { boolean } from '../../src/constraints/boolean.ts'
import { circular } from '../../src/constraints/circular.ts'
import type { Constraint } from '../../src/constraints/constraint.ts'
import { extendedReal } from '../../src/constraints/extendedReal.ts'
import { greaterThan } from '../../src/constraints/greaterThan.ts'
import { integerInterval } from '../../src/constraints/integerInterval.ts'
import { interval } from '../../src/constraints/interval.ts'
import { nonnegative } from '../../src/constraints/nonnegative.ts'
import { nonnegativeInteger } from '../../src/constraints/nonnegativeInteger.ts'
import { unitInterval } from '../../src/constraints/unitInterval.ts'

const cases: readonly [text: string, Constraint, inside: readonly number[], outside: readonly number[]][] = [
  ['≥ 0', nonnegative, [0, 1e-30, 7], [-1e-30, -2]],
  ['in [0, 1]', unitInterval, [0, 0.3, 1], [-1e-30, 1.0000001]],
  ['in [-1, 2]', interval(-1, 2), [-1, 0, 2], [-1.0000001, 2.0000002]],
  ['in [0.1, 0.3]', interval(0.1, 0.3), [0.1, 0.2, 0.3], [0.0999999, 0.3000001]],
  ['in [-Infinity, 2]', interval(-Infinity, 2), [-1e30, 2], [2.5]],
  ['≥ 3', atLeast(3), [3, 4, 1e30], [2.9999998]],
  ['> 3', greaterThan(3), [3.0000002, 1e30], [3, -1]],
  ['a whole number ≥ 0', nonnegativeInteger, [0, 1, 1e9], [-1, 0.5, Infinity]],
  ['a whole number from -2 to 3', integerInterval(-2, 3), [-2, 0, 3], [-3, 4, 0.5]],
  ['0 or 1', boolean, [0, 1], [-1, 0.5, 2]],
]

describe.each(cases)('%s', (text, set, inside, outside) => {
  test('tells what is in the set from what is not', () => {
    for (const x of inside) expect(set.violation([x], [])).toBeUndefined()
    for (const x of outside) expect(set.violation([x], [])).toBe(String(x))
    expect(set.violation([NaN], [])).toBe('NaN')
    expect(set.description).toBe(text)
  })

  test('tells the same of tensors, and does not call NaN outside', () => {
    const values = [...inside, ...outside, NaN]
    expect([...set.outside(constant(values))!.dataSync()]).toEqual(
      values.map((_, i) => Number(i >= inside.length && i < values.length - 1)),
    )
  })

  test('has an event inside', () => {
    const event = set.inside([])
    expect([...set.outside(constant(event as Real))!.dataSync()]).toEqual([0])
  })
})

test('ends that are arrays or tensors broadcast', () => {
  const x = constant([[0], [1.5], [4]])
  const sets = [interval([0, 1], [1, 2]), interval(constant([0, 1]), constant([1, 2]))]
  for (const set of sets) {
    expect(set.outside(x)!.arraySync()).toEqual([
      [0, 1],
      [1, 0],
      [1, 1],
    ])
    expect(constant(set.inside([])).arraySync()).toEqual([0.5, 1.5])
    expect(set.violation([2], [])).toBeUndefined()
    expect(set.violation([2.5], [])).toBe('2.5')
    expect(set.description).toBe('in [low, high]')
  }
  expect(integerInterval(0, [1, 2]).outside(constant(2))!.arraySync()).toEqual([1, 0])
})

test('an infinite interval has an event inside', () => {
  expect(interval(-Infinity, Infinity).inside([])).toBe(0)
  expect(interval(3, Infinity).inside([])).toBe(4)
  expect(interval(-3e38, 3e38).inside([])).toBe(0)
})

test('an end of an interval may be infinite, but not NaN', () => {
  expect(extendedReal.violation([-Infinity], [])).toBeUndefined()
  expect(extendedReal.violation([NaN], [])).toBe('NaN')
})

test('an end of an interval is inside as float32 rounds it, as it is for the log density', () => {
  expect(circular.violation([Math.fround(Math.PI)], [])).toBeUndefined()
  expect(interval(0, 0.3).violation([Math.fround(0.3)], [])).toBeUndefined()
  expect(interval(0, 0.3).violation([0.3001], [])).toBe('0.3001')
})
