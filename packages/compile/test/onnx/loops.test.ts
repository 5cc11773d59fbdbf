import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import {
  add,
  cast,
  drawNormal,
  equal,
  foldInKey,
  gather,
  mul,
  not,
  sin,
  slice,
  stack,
  sub,
  sum,
  tanh,
} from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { valueAndGrad } from '../../src/derive/valueAndGrad.ts'
import { loop } from '../../src/loop/loop.ts'
import { loopOf, type Loop } from '../../src/loop/loopNode.ts'
import { loopModelOf } from '../../src/onnx/loopModelOf.ts'
import { real, truth, whole } from './numbers.ts'
import { apart, expectedOf, programOf, ran, ranModel, type Plain } from './ran.ts'

type Tensor = tf.Tensor
type Of = (...xs: Tensor[]) => unknown

const decayed: Of = (x, rows, by) =>
  loop(
    (state: Tensor, { index, each }) => {
      const next = add(mul(state, by!), add(each, mul(0.1, cast(index, 'float32'))))
      return { state: tanh(next), outputs: { next, index, isEven: equal(mul(index, 2), 4) } }
    },
    { state: x!, count: 5, each: rows!, collect: { every: 2 } },
  )

const twice: Of = (x) =>
  loop(
    (outer: Tensor, { index }) => {
      const inner = loop((y: Tensor) => sin(add(y, cast(index, 'float32'))), { state: outer, count: 3 })
      return { state: inner.state, outputs: sub(inner.state, outer) }
    },
    { state: x!, count: 4, collect: { every: 1 } },
  )

const swapped: Of = (x, flag, count) =>
  loop(({ a, b, isOn, n }) => ({ a: b, b: add(a, b), isOn: not(isOn), n: add(n, 3) }), {
    state: { a: x!, b: mul(2, x!), isOn: flag!, n: count! },
    count: 3,
  }).state

const picked: Of = (data, key) =>
  loop(
    (total: Tensor, { index, key: own }) => {
      const noise = drawNormal(own, [3])
      return add(total, add(sum(gather(data!, index), 0), mul(0.1, noise)))
    },
    { state: slice(data!, [0, 0], [1, 3]), count: 4, random: key! },
  ).state

const CASES: Readonly<Record<string, readonly [f: Of, ...given: readonly Plain[]]>> = {
  'rows, the index, and of two steps the last': [decayed, real([3]), real([5, 3], 2), real([3], 3)],
  'more rows than steps': [decayed, real([3]), real([7, 3], 2), real([3], 3)],
  'a loop in a loop': [twice, real([2, 2])],
  'a state of several types, whose parts change places': [swapped, real([2]), truth([2], 1, 0), whole([], 7)],
  'rows that are gathered and draws of keys': [picked, real([4, 3]), whole([2], 12, -345)],
  'no step': [
    (x) =>
      loop((y: Tensor) => ({ state: mul(y, 2), outputs: y }), { state: x!, count: 0, collect: { every: 1 } }),
    real([2]),
  ],
  'the gradient, whose steps are from the last on': [
    (x, rows, by) =>
      valueAndGrad((x0: Tensor, each: Tensor, w: Tensor) => {
        const { state, outputs } = loop(
          (y: Tensor, context) => {
            const next = tanh(add(mul(y, w), context.each))
            return { state: next, outputs: mul(next, next) }
          },
          { state: x0, count: 6, each, collect: { every: 3 } },
        )
        return add(sum(state), sum(outputs))
      })(x!, rows!, by!),
    real([3]),
    real([6, 3], 2),
    real([3], 3),
  ],
}

describe.each(['float32', 'float64'] as const)('loops as Scan in %s', (precision) => {
  test.each(Object.entries(CASES))('%s', async (_, [f, ...given]) => {
    const got = await ran(f, given, precision)
    const expected = expectedOf(f, given, precision)
    // Draws are float32 numbers in both.
    const tolerance = precision === 'float32' || f === picked ? 2e-6 : 1e-12
    expect(got.map((x, i) => apart(x, expected[i]!, tolerance))).toEqual(expected.map(() => undefined))
  })
})

/** The loop that a program is. */
function loopIn(f: Of, given: readonly Plain[]): Loop {
  return loopOf(programOf(f, given, 'float32').nodes.find(({ op }) => op === 'loop')!)
}

describe('steps of a loop as a model', () => {
  const given = [real([3]), real([5, 3], 2), real([3], 3)]
  const [x, rows, by] = given as [Plain, Plain, Plain]

  test('in two parts they give what they give at once', async () => {
    const own = loopIn(decayed, given)
    const model = loopModelOf(own, [own.index, own.slices[0]!.input], 'float32')
    const part = (from: number, to: number): readonly Plain[] => [
      whole([to - from], ...Array.from({ length: to - from }, (_, i) => from + i)),
      { ...rows, shape: [to - from, 3], data: Array.from(rows.data).slice(3 * from, 3 * to) },
    ]
    const first = await ranModel(model, [x, by, ...part(0, 2)], 'float32')
    const second = await ranModel(model, [first[0]!, by, ...part(2, 5)], 'float32')
    const [state, next] = expectedOf(decayed, given, 'float32')
    expect(apart(second[0]!, state!, 1e-6)).toBeUndefined()
    // Of every two steps the last: steps 1 and 3.
    const place = 1 + own.outputs.findIndex(({ node }) => node.dtype === 'float32')
    const collected = [first[place]!, second[place]!].flatMap(({ data }) => Array.from(data))
    const ends = {
      data: [...collected.slice(3, 6), ...collected.slice(9, 12)],
      shape: [2, 3],
      dtype: 'float32',
    }
    expect(apart(ends, next!, 1e-6)).toBeUndefined()
  })

  test('draws that are made elsewhere are given', async () => {
    const taken = [real([4, 3]), whole([2], 12, -345)]
    const own = loopIn(picked, taken)
    const noise = own.nodes.find(({ op }) => op === 'drawNormal')!
    const model = loopModelOf(own, [own.index, noise], 'float32')
    const draws = expectedOf(
      (key) => stack([0, 1, 2, 3].map((i) => drawNormal(foldInKey(key!, i), [3]))),
      [taken[1]!],
      'float32',
    )
    const inputs = own.captures.map(({ dtype }) => (dtype === 'int32' ? taken[1]! : taken[0]!))
    const state = { ...taken[0]!, data: Array.from(taken[0]!.data).slice(0, 3), shape: [1, 3] }
    const [got] = await ranModel(model, [state, ...inputs, whole([4], 0, 1, 2, 3), draws[0]!], 'float32')
    expect(apart(got!, expectedOf(picked, taken, 'float32')[0]!, 1e-6)).toBeUndefined()
  })

  test('what steps read must be given', () => {
    const own = loopIn(decayed, given)
    expect(() => loopModelOf(own, [own.index], 'float32')).toThrow('must be given')
    expect(() => loopModelOf(own, [], 'float32')).toThrow('must be given')
  })
})
