import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { abs, add, mul, neg, reshape, square, sub, sum } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'

test.each<[string, (a: Tensor, b: Tensor) => Tensor]>([
  ['a + (−b)', (a, b) => add(a, neg(b)) as Tensor],
  ['(−a) + b', (a, b) => add(neg(a), b) as Tensor],
  ['(−a) + (−b)', (a, b) => add(neg(a), neg(b)) as Tensor],
  ['a − (−b)', (a, b) => sub(a, neg(b)) as Tensor],
  ['(−a) − (−b)', (a, b) => sub(neg(a), neg(b)) as Tensor],
  ['(−a)·(−b)', (a, b) => mul(neg(a), neg(b)) as Tensor],
  ['(−a)²', (a) => square(neg(a))],
  ['|−a|', (a) => abs(neg(a))],
  ['3·(−a)', (a) => mul(3, neg(a)) as Tensor],
  ['0·(−a)', (a) => mul(0, neg(a)) as Tensor],
])('%s gives the same bits without the signs', (_, f) => {
  const values = [0, -0, 1, -2.5, Infinity, -Infinity, NaN, 1e-310]
  const [a, b] = [values.flatMap((v) => values.map(() => v)), values.flatMap(() => values)].map((v) =>
    Float64Array.from(v),
  )
  const options = { precision: 'float64' } as const
  const own = compile(f, options)
  const plain = compile(f, { ...options, passes: { algebra: false } })
  expect([...own(a!, b!).data].map((v) => (Object.is(v, -0) ? '−0' : v))).toEqual(
    [...plain(a!, b!).data].map((v) => (Object.is(v, -0) ? '−0' : v)),
  )
  expect(own.explain().needed).toBeLessThan(plain.explain().needed)
})

test('what is reshaped twice is reshaped once, and not at all if it is as it was', () => {
  const f = (x: Tensor): Tensor => sum(reshape(reshape(x, [4, 1]), [4]))
  const [own, plain] = [compile(f), compile((x: Tensor) => sum(x))]
  expect(own(Float32Array.of(1, 2, 3, 4)).arraySync()).toBe(10)
  expect(own.explain().needed).toBe(plain(Float32Array.of(1, 2, 3, 4)) && plain.explain().needed)
})
