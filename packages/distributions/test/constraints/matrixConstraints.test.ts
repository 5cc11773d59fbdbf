import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import type { Constraint } from '../../src/constraints/constraint.ts'
import { correlationCholesky } from '../../src/constraints/correlationCholesky.ts'
import { lowerCholesky } from '../../src/constraints/lowerCholesky.ts'
import { positiveDefinite } from '../../src/constraints/positiveDefinite.ts'
import { positiveVector } from '../../src/constraints/positiveVector.ts'
import { realMatrix } from '../../src/constraints/realMatrix.ts'
import { realVector } from '../../src/constraints/realVector.ts'

interface Example {
  readonly set: Constraint
  readonly shape: readonly number[]
  readonly inside: readonly (readonly number[])[]
  /** Events outside, and what is said of them. */
  readonly outside: readonly (readonly [event: readonly number[], violation: string])[]
}

const examples: readonly Example[] = [
  {
    set: positiveVector,
    shape: [2],
    inside: [[1, 1e-30]],
    outside: [
      [[1, 0], '0 in entry 1'],
      [[-2, 1], '-2 in entry 0'],
    ],
  },
  {
    set: lowerCholesky,
    shape: [2, 2],
    inside: [[1, 0, -3, 2]],
    outside: [
      [[1, 0.5, 0, 1], '0.5 in row 0, column 1'],
      [[1, 0, 5, 0], '0 in row 1, column 1'],
      [[-1, 0, 5, 1], '-1 in row 0, column 0'],
    ],
  },
  {
    set: correlationCholesky,
    shape: [2, 2],
    inside: [
      [1, 0, 0.6, 0.8],
      [1, 0, 0, 1],
    ],
    outside: [
      [[1, 0, 0.5, 0.5], 'a row of length 0.7071067811865476 in row 1'],
      [[1, 0, 0.6, -0.8], '-0.8 in row 1, column 1'],
    ],
  },
  {
    set: positiveDefinite,
    shape: [2, 2],
    inside: [
      [2, 1, 1, 2],
      [1, 0.5, 0.5 + 2 ** -23, 1],
    ],
    outside: [
      [[1, 2, 2, 1], 'a pivot that is not positive in row 1'],
      [[1, 0.5, 0.4, 1], '0.4 in row 1, column 0, and 0.5 in row 0, column 1'],
      [[Infinity, 0, 0, 1], 'Infinity in row 0, column 0'],
    ],
  },
]

test.each(examples)(
  '$set.name knows what is in it, as numbers and as tensors',
  ({ set, shape, inside, outside }) => {
    const all = [...inside, ...outside.map(([event]) => event)]
    const isOutside = set.outside(tf.tensor(all.flat(), [all.length, ...shape]))!
    expect(isOutside.dtype).toBe('bool')
    expect([...isOutside.dataSync()]).toEqual(all.map((_, i) => +(i >= inside.length)))
    for (const event of inside) expect(set.violation(event, shape)).toBeUndefined()
    for (const [event, violation] of outside) expect(set.violation(event, shape)).toBe(violation)
  },
)

test.each(examples)('$set.name has an event well inside, and calls NaN neither', ({ set, shape }) => {
  const event = tf.broadcastTo(set.inside(shape) as tf.Tensor, [...shape])
  const numbers = event.dataSync()
  expect(set.violation(numbers, shape)).toBeUndefined()
  const spoiled = tf.tensor([NaN, ...numbers.slice(1)], [...shape])
  expect(set.violation(spoiled.dataSync(), shape)).toMatch(/^NaN in/)
  expect([...set.outside(spoiled)!.dataSync()]).toEqual([0])
})

test('finite vectors and matrices are all of their shape', () => {
  expect(realVector.violation([1, NaN], [2])).toBe('NaN in entry 1')
  expect(realMatrix.violation([1, 2, Infinity, 4], [2, 2])).toBe('Infinity in row 1, column 0')
  expect(realVector.outside(tf.ones([2]))).toBeUndefined()
  expect(realMatrix.violation([1, 2], [2, 1])).toBeUndefined()
})
