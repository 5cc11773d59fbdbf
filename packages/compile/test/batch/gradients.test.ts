import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { add, mul, reshape, sum } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { batch, compile, valueAndGrad } from '../../src/index.ts'
import { CASES, tensorOf, type Case } from './cases.ts'
import { difference, looped, waysOf, type Op } from './looped.ts'

const SIZE = 3
const isReal = ({ dtype }: tf.Tensor): boolean => dtype === 'float32'

/** A function of tensors as a scalar, in which no two elements count alike. */
const weighed =
  (f: Op): Op =>
  (...xs) => {
    const y = f(...xs)
    const weights = Array.from({ length: y.size }, (_, i) => Math.cos(i + 1))
    return add(sum(mul(y, reshape(tf.tensor1d(weights), y.shape))), 0)
  }

/** The gradients in all real arguments. */
const slopes =
  (f: Op) =>
  (...xs: tf.Tensor[]): tf.Tensor[] => {
    const real = xs.filter(isReal)
    const others = (...given: readonly tf.Tensor[]) => {
      let next = 0
      return weighed(f)(...xs.map((x) => (isReal(x) ? given[next++]! : x)))
    }
    return [...valueAndGrad(others)(...real).grads]
  }

const gapOf = (got: readonly tf.Tensor[], wanted: readonly tf.Tensor[]): string[] =>
  wanted.flatMap((truth, i) => difference(got[i]!, truth, 1e-5) ?? [])

/** Those that make real numbers of real numbers. */
const told = CASES.filter(({ f, inputs }) =>
  tf.tidy(() => {
    const given = inputs.map((input) => tensorOf(input, 0))
    return given.some(isReal) && isReal(f(...given))
  }),
).map((one) => [`${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, one] as const)

/** The ways to map one input, and to map all. */
const waysFor = (count: number): (number | null)[][] =>
  waysOf([null, 0], count).filter((way) => [1, count].includes(way.filter((axis) => axis === 0).length))

/** Where two ways to a gradient differ, for each way to map inputs. */
function gaps(
  one: Case,
  of: (
    axes: (number | null)[],
  ) => readonly [got: (...xs: tf.Tensor[]) => tf.Tensor[], wanted: (...xs: tf.Tensor[]) => tf.Tensor[]],
): string[] {
  // prettier-ignore
  return waysFor(one.inputs.length).flatMap((axes) =>
    tf.tidy(() => {
      const given = one.inputs.map(({ shape, of: domain }, i) =>
        tensorOf({ shape: axes[i] === 0 ? [SIZE, ...shape] : shape, of: domain }, i),
      )
      const [got, wanted] = of(axes)
      return gapOf(got(...given), wanted(...given)).map((gap) => `${JSON.stringify(axes)}: ${gap}`)
    }),
  )
}

describe('the gradient of a batch is that of a loop', () => {
  test.each(told)('%s', (_, one) => {
    const found = gaps(one, (axes) => {
      const wanted = slopes(looped(one.f, axes, SIZE))
      return [slopes(batch(one.f, { axes })), wanted]
    })
    expect(found).toEqual([])
  })
})

describe('compiled, the gradient of a batch is that of a loop', () => {
  test.each(told)('%s', (_, one) => {
    const found = gaps(one, (axes) => {
      const got = compile((...xs: tf.Tensor[]) => slopes(batch(one.f, { axes }))(...xs), { engine: 'eager' })
      return [(...xs) => [...got(...xs)], slopes(looped(one.f, axes, SIZE))]
    })
    expect(found).toEqual([])
  })
})

describe('a batch of gradients is a loop of them', () => {
  test.each(told)('%s', (_, one) => {
    const found = gaps(one, (axes) => {
      const wanted = (...xs: tf.Tensor[]) =>
        xs.flatMap((x, i) => (isReal(x) ? [looped((...ys) => slopes(one.f)(...ys)[xs.slice(0, i).filter(isReal).length]!, axes, SIZE)(...xs)] : [])) // prettier-ignore
      const of = batch((...xs: tf.Tensor[]) => slopes(one.f)(...xs), { axes })
      return [of, wanted]
    })
    expect(found).toEqual([])
  })
})
