import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, floor, greater, less, mul, or, sub, where } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'

const x = Float64Array.of(0.2, 0.7, NaN, -1)
const bits = (of: Tensor): Tensor => cast(less(of, 0.5), 'float32')

/** Whether a number is anything else than 0 or 1, as supports have it. */
const isOutside = (b: Tensor): Tensor =>
  or(or(less(b, 0), greater(b, 1)), greater(sub(b, floor(b)), 0)) as Tensor

test('what is 0 or 1 is not checked whether it is', () => {
  const checked = compile((of: Tensor) => where(isOutside(bits(of)), -Infinity, mul(3, bits(of))) as Tensor, {
    precision: 'float64',
  })
  const plain = compile((of: Tensor) => mul(3, bits(of)) as Tensor, { precision: 'float64' })
  expect(checked(x).data).toEqual(Float64Array.of(3, 0, 0, 3))
  expect(checked(x).data).toEqual(plain(x).data)
  expect(checked.explain().needed).toBe(plain.explain().needed)
})

test('whole numbers are known as well', () => {
  const whole = (of: Tensor): Tensor => cast(less(of, 0.5), 'int32')
  const checked = compile((of: Tensor) => where(isOutside(whole(of)), 7, whole(of)) as Tensor, {
    precision: 'float64',
  })
  const plain = compile(whole, { precision: 'float64' })
  expect(Array.from(checked(x).data)).toEqual([1, 0, 0, 1])
  expect(checked(x).data).toEqual(plain(x).data)
  expect(checked.explain().needed).toBe(plain.explain().needed)
})

test('what is the same in another type is that in the type', () => {
  const whole = (of: Tensor): Tensor => cast(less(of, 0.5), 'int32')
  const real = (of: Tensor): Tensor => cast(whole(of), 'float32')
  const options = { precision: 'float64' } as const
  const f = (of: Tensor): Tensor =>
    where(greater(sub(real(of), cast(floor(whole(of)), 'float32')), 0), 7, real(of)) as Tensor
  const [checked, plain] = [compile(f, options), compile(real, options)]
  expect(checked(x).data).toEqual(Float64Array.of(1, 0, 0, 1))
  expect(checked(x).data).toEqual(plain(x).data)
  expect(checked.explain().needed).toBe(plain.explain().needed)
})

test('what differs between 0 and 1 is computed, and other numbers are checked', () => {
  const shifted = compile((of: Tensor) => isOutside(add(bits(of), 0.5) as Tensor), { precision: 'float64' })
  expect(Array.from(shifted(x).data)).toEqual([1, 1, 1, 1])
  const given = compile((of: Tensor) => isOutside(of), { precision: 'float64' })
  expect(Array.from(given(Float64Array.of(0, 1, 0.5, 2)).data)).toEqual([0, 0, 1, 1])
})

test('results are the same without the passes', () => {
  const f = (of: Tensor): Tensor => where(isOutside(bits(of)), -Infinity, mul(3, bits(of))) as Tensor
  const without = compile(f, { precision: 'float64', passes: { algebra: false } })
  expect(without(x).data).toEqual(Float64Array.of(3, 0, 0, 3))
})
