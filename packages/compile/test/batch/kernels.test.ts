import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as internal from '@variate/core/internal'
import * as ops from '@variate/core/ops'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batch, compile } from '../../src/index.ts'
import { CASES, OTHERS, tensorOf, type Case, type Input } from './cases.ts'
import { difference, looped, waysOf } from './looped.ts'

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

test('every op of core is tried, those of draws elsewhere', () => {
  const names = Object.keys({ ...ops, ...internal }).filter((name) => !name.startsWith('draw'))
  expect([...new Set(CASES.map(({ name }) => name)), ...OTHERS].toSorted()).toEqual(names.toSorted())
})

const told = CASES.map(
  (one) => [`${one.name} of ${one.inputs.map(({ shape }) => `[${shape}]`).join(', ')}`, one] as const,
)

/** An input with a mapped axis. */
const withAxis = (input: Input, axis: number | null, size: number): tf.Tensor => {
  const x = tensorOf({ ...input, shape: axis === null ? input.shape : [size, ...input.shape] }, size + 1)
  return axis === null || axis === 0 ? x : tf.transpose(x, [...input.shape.map((_, i) => i + 1), 0])
}

/** Each way to map some inputs, and not none, along their first axis, or along the last. */
const mappings = ({ inputs }: Case): (number | null)[][] =>
  [...waysOf([null, 0], inputs.length), inputs.map(({ shape }) => shape.length)].slice(1)

describe('batch is a loop over elements', () => {
  test.each(told)('%s', (_, one) => {
    const found = mappings(one).flatMap((axes) =>
      [3, 1].flatMap((size) =>
        tf.tidy(() => {
          const given = one.inputs.map((input, i) => withAxis(input, axes[i]!, size))
          const got = batch(one.f, { axes })(...given)
          const gap = difference(got, looped(one.f, axes, size)(...given))
          return gap ? [`${JSON.stringify(axes)}, ${size}: ${gap}`] : []
        }),
      ),
    )
    expect(found).toEqual([])
  })
})

describe('of no element it has the shape of none', () => {
  test.each(told)('%s', (_, one) => {
    const found = mappings(one).flatMap((axes) =>
      tf.tidy(() => {
        const { shape, dtype } = one.f(...one.inputs.map((input) => tensorOf(input, 0)))
        const none = tf.tensor([], [0, ...shape], dtype)
        const given = one.inputs.map((input, i) => withAxis(input, axes[i]!, 0))
        const gap = difference(batch(one.f, { axes })(...given), none)
        return gap ? [`${JSON.stringify(axes)}: ${gap}`] : []
      }),
    )
    expect(found).toEqual([])
  })
})

describe('a batch of batches is a loop of loops', () => {
  test.each(told)('%s', (_, one) => {
    const ways = waysOf([null, 'inner', 'outer', 'both'] as const, one.inputs.length).slice(1)
    const found = ways
      .filter((way, i) => way.length < 3 || i % 7 === 0)
      .flatMap((way) =>
        tf.tidy(() => {
          const sizes = { inner: 2, outer: 3 }
          const inner = way.map((which) => (which === 'inner' || which === 'both' ? 0 : null))
          const outer = way.map((which) => (which === 'outer' || which === 'both' ? 0 : null))
          const given = one.inputs.map(({ shape, of }, i) => {
            const axes = [...(outer[i] === 0 ? [sizes.outer] : []), ...(inner[i] === 0 ? [sizes.inner] : [])]
            return tensorOf({ shape: [...axes, ...shape], of }, i)
          })
          const nested = batch(batch(one.f, { axes: inner, size: sizes.inner }), {
            axes: outer,
            size: sizes.outer,
          })
          const truth = looped(looped(one.f, inner, sizes.inner), outer, sizes.outer)
          const gap = difference(nested(...given), truth(...given))
          return gap ? [`${way}: ${gap}`] : []
        }),
      )
    expect(found).toEqual([])
  })
})

describe.each(['wasm', 'eager'] as const)('compiled, engine %s, it is a loop over elements', (engine) => {
  test.each(told)('%s', (_, one) => {
    const found = mappings(one).flatMap((axes) =>
      tf.tidy(() => {
        const given = one.inputs.map((input, i) => withAxis(input, axes[i]!, 3))
        const got = compile(batch(one.f, { axes }), { engine })(...given)
        const gap = difference(got, looped(one.f, axes, 3)(...given))
        return gap ? [`${JSON.stringify(axes)}: ${gap}`] : []
      }),
    )
    expect(found).toEqual([])
  })
})
