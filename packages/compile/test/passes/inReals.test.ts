import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { add, cast, div, less, maximum, minimum, mul, neg, stopGradient, sub } from '@variate/core/ops'
import { expect, test } from 'vitest'
import { compile } from '../../src/index.ts'

const x = Float64Array.of(0.2, 0.7, NaN, -1)
const whole = (of: Tensor): Tensor => cast(less(of, 0.5), 'int32')
const both = (f: (of: Tensor) => Tensor) => {
  const options = { precision: 'float64' } as const
  const with_ = compile(f, options)
  const without = compile(f, { ...options, passes: { algebra: false } })
  return { found: [...with_(x).data], plain: [...without(x).data], explain: () => with_.explain() }
}

test('labels that are made of pixels are computed of real numbers, to the same bits', () => {
  const label = (of: Tensor): Tensor => cast(sub(1, mul(2, stopGradient(whole(of)))) as Tensor, 'float32')
  const { found, plain } = both(label)
  expect(found).toEqual([-1, 1, 1, -1])
  expect(plain).toEqual(found)
  const pair = (real: boolean) =>
    compile(
      (of: Tensor) =>
        add(
          cast(whole(of), 'float32'),
          real ? sub(1, mul(2, cast(less(of, 0.5), 'float32'))) : label(of),
        ) as Tensor,
    )
  const [own, direct] = [pair(false), pair(true)]
  expect(own(Float32Array.from(x)).arraySync()).toEqual(direct(Float32Array.from(x)).arraySync())
  expect(own.explain().needed).toBe(direct.explain().needed)
})

test.each<[string, (b: Tensor) => Tensor]>([
  ['less than nothing times nothing, which is 0 and not −0', (b) => mul(sub(b, 1) as Tensor, b) as Tensor],
  ['the negative', (b) => neg(b)],
  ['a product by a number below 0', (b) => mul(-3, b) as Tensor],
  ['least and largest', (b) => maximum(minimum(add(b, b), 1), sub(b, 2)) as Tensor],
  ['numbers that real ones do not hold', (b) => add(mul(16777217, b), b) as Tensor],
  ['numbers that are cut off', (b) => mul(mul(65536, b), mul(65536, b)) as Tensor],
])('%s', (_, f) => {
  // Of 0 and −0, what 1 is divided by tells which.
  const { found, plain } = both((of) => div(1, cast(f(whole(of)), 'float32')) as Tensor)
  expect(found).toEqual(plain)
})

test.each<[string, (b: Tensor) => Tensor]>([
  ['−0 less a bit', (b) => sub(-0, b) as Tensor],
  ['−0 times whole numbers', (b) => mul(-0, add(b, b)) as Tensor],
  ['the larger of −0 and what is not above 0', (b) => maximum(-0, sub(b, 1)) as Tensor],
  ['a number that float32 does not hold, less more than a bit', (b) => sub(16777217, add(b, 1)) as Tensor],
  ['its negative', (b) => add(-16777217, add(b, 1)) as Tensor],
])('in float32, %s', (_, f) => {
  const real = (of: Tensor): Tensor => cast(f(whole(of)), 'float32')
  const [own, plain] = [{}, { algebra: false }].map((passes) =>
    compile(real, { passes })(Float32Array.from(x)).dataSync(),
  )
  expect([...own!].map((v) => [v, 1 / v])).toEqual([...plain!].map((v) => [v, 1 / v]))
})

test('a bit that is doubled often is looked through once for each sum', () => {
  const f = (of: Tensor): Tensor =>
    cast(
      Array.from({ length: 6 }).reduce<Tensor>((y) => add(y, y) as Tensor, whole(of)),
      'float32',
    )
  const [own, plain] = [{}, { algebra: false }].map((passes) => {
    const compiled = compile(f, { passes: { ...passes, commonSubexpressions: false } })
    return { values: [...compiled(Float32Array.from(x)).dataSync()], needed: compiled.explain().needed }
  })
  expect(own!.values).toEqual([64, 0, 0, 64])
  expect(own!.needed).toBeLessThanOrEqual(plain!.needed)
})

test('explanations count what was recorded', () => {
  const label = compile((of: Tensor) => cast(sub(1, mul(2, whole(of))) as Tensor, 'float32'))
  label(Float32Array.from(x))
  const [first] = label.explain().passes
  expect(first).toMatchObject({ pass: 'folding', before: 5 })
})
