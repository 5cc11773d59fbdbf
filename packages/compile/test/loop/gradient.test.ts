import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foldIn, key, ndarray, type NdArray } from '@variate/core'
import {
  add,
  cholesky,
  drawNormal,
  exp,
  gather,
  matMul,
  mul,
  reshape,
  slice,
  square,
  stopGradient,
  sub,
  sum,
} from '@variate/core/ops'
import { compile, grad, loop, valueAndGrad } from '../../src/index.ts'
import { WAYS } from './run.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

type F = (...xs: readonly tf.Tensor[]) => tf.Tensor

interface Case {
  readonly name: string
  /** A function of arrays with a loop, to a scalar. */
  readonly looped: F
  /** The same without. */
  readonly written: F
  /** Differences see what gradients are not let through. */
  readonly isStopped?: boolean
  readonly args: readonly NdArray[]
}

const array = (shape: readonly number[], f: (i: number) => number): NdArray =>
  ndarray(
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => f(i)),
    shape,
  )
const times = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)
const row = (x: tf.Tensor, i: number): tf.Tensor =>
  reshape(slice(x, [i, ...x.shape.slice(1).map(() => 0)], [1, ...x.shape.slice(1)]), x.shape.slice(1))

const CASES: readonly Case[] = [
  {
    name: 'the state',
    looped: (x) => sum(loop((s: tf.Tensor) => tf.sin(mul(1.5, s)), { state: x!, count: 5 }).state),
    written: (x) => sum(times(5).reduce((s) => tf.sin(mul(1.5, s)), x!)),
    args: [array([3], (i) => 0.3 * i - 0.2)],
  },
  {
    name: 'parts of the state that read each other, and one that stays',
    looped: (x, y) => {
      const { state } = loop(({ a, b, c }) => ({ a: b, b: mul(tf.sin(a), exp(mul(0.3, c))), c }), {
        state: { a: x!, b: y!, c: mul(x!, y!) },
        count: 5,
      })
      return add(sum(mul(state.a, state.c)), sum(state.b))
    },
    written: (x, y) => {
      const c = mul(x!, y!)
      let [a, b] = [x!, y!]
      for (const _ of times(5)) [a, b] = [b, mul(tf.sin(a), exp(mul(0.3, c)))]
      return add(sum(mul(a, c)), sum(b))
    },
    args: [array([2], (i) => 0.4 + i), array([2], (i) => 0.7 - 0.2 * i)],
  },
  {
    name: 'what is captured, one of another’s making, and what each step has a row of',
    looped: (w, x, y) => {
      const u = tf.tanh(w!)
      const { state } = loop(
        (s, { each, inputs }) => tf.tanh(add(mul(inputs, s), mul(u, add(each.x, mul(w!, each.y))))),
        { state: tf.zeros([2]), count: 4, inputs: w!, each: { x: x!, y: y! } },
      )
      return sum(square(state))
    },
    written: (w, x, y) => {
      const u = tf.tanh(w!)
      const s = times(4).reduce(
        (s, i) => tf.tanh(add(mul(w!, s), mul(u, add(row(x!, i), mul(w!, row(y!, i)))))),
        tf.zeros([2]) as tf.Tensor,
      )
      return sum(square(s))
    },
    // More rows than steps: the last are not read.
    args: [array([2], (i) => 0.5 + i), array([4, 2], Math.sin), array([6], Math.cos)],
  },
  {
    name: 'what is collected of some steps, and the last state',
    looped: (x, a) => {
      const { state, outputs } = loop(
        (s, { index }) => {
          const next = tf.sin(add(mul(a!, s), mul(0.1, index)))
          return { state: next, outputs: { next: square(next), before: mul(s, a!), index } }
        },
        { state: x!, count: 8, collect: { every: 3 } },
      )
      const weight = tf.tensor2d([[1, 2], [3, 5]]) // prettier-ignore
      return add(
        sum(mul(state, outputs.index.shape[0]!)),
        add(
          sum(mul(weight, outputs.next)),
          sum(mul(outputs.before, mul(0.1, reshape(outputs.index, [2, 1])))),
        ),
      )
    },
    written: (x, a) => {
      let total: tf.Tensor = tf.scalar(0)
      let s = x!
      for (const i of times(8)) {
        const next = tf.sin(add(mul(a!, s), 0.1 * i))
        const weight = i === 2 ? [1, 2] : [3, 5]
        if (i % 3 === 2) {
          total = add(total, sum(mul(square(next), tf.tensor1d(weight))))
          total = add(total, sum(mul(mul(s, a!), 0.1 * i)))
        }
        s = next
      }
      return add(total, sum(mul(s, 2)))
    },
    args: [array([2], (i) => 0.4 - i), array([2], (i) => 0.9 + 0.3 * i)],
  },
  {
    name: 'a state whose first value is a constant, in the index alone',
    looped: (a) =>
      loop((s: tf.Tensor, { index }) => add(s, mul(a!, square(index))), { state: 0, count: 4 }).state,
    written: (a) => mul(a!, 0 + 1 + 4 + 9),
    args: [array([], () => 0.5)],
  },
  {
    name: 'a loop in a loop',
    looped: (x, a) => {
      const { state } = loop(
        (s: tf.Tensor, { index }) => {
          const inner = loop((t: tf.Tensor, { each }) => tf.sin(add(mul(each, t), mul(s, index))), {
            state: s,
            count: 3,
            each: a!,
          })
          return mul(inner.state, add(1, square(s)))
        },
        { state: x!, count: 3 },
      )
      return sum(state)
    },
    written: (x, a) => {
      let s = x!
      for (const i of times(3)) {
        let t = s
        for (const j of times(3)) t = tf.sin(add(mul(row(a!, j), t), mul(s, i)))
        s = mul(t, add(1, square(s)))
      }
      return sum(s)
    },
    args: [array([2], (i) => 0.3 + 0.2 * i), array([3], (i) => 1 - 0.2 * i)],
  },
  {
    name: 'loops one after the other, on what the first collects',
    looped: (x) => {
      const first = loop((s: tf.Tensor) => ({ state: tf.sin(s), outputs: square(s) }), {
        state: x!,
        count: 4,
        collect: { every: 2 },
      })
      const second = loop((s: tf.Tensor, { each }) => mul(s, add(1, each)), {
        state: first.state,
        count: 2,
        each: first.outputs,
      })
      return sum(second.state)
    },
    written: (x) => {
      const s = times(4).reduce((all: readonly tf.Tensor[]) => [...all, tf.sin(all.at(-1)!)], [x!])
      return sum(mul(mul(s[4]!, add(1, square(s[1]!))), add(1, square(s[3]!))))
    },
    args: [array([2], (i) => 0.5 + 0.4 * i)],
  },
  {
    name: 'matrices, kernels that are called, and a gradient within the step',
    looped: (a) => {
      const step = (s: tf.Tensor) => {
        const slope = grad((y: tf.Tensor) => sum(mul(square(y), y)))(s)
        return add(mul(0.1, slope), cholesky(add(matMul(s, s, { transposeB: true }), tf.eye(2))))
      }
      return sum(loop(step, { state: a!, count: 3 }).state)
    },
    written: (a) =>
      sum(
        times(3).reduce(
          (s) => add(mul(0.3, square(s)), cholesky(add(matMul(s, s, { transposeB: true }), tf.eye(2)))),
          a!,
        ),
      ),
    args: [array([2, 2], (i) => 0.3 * i - 0.4)],
  },
  {
    name: 'draws, which each step has made before as well, and whole numbers that are carried',
    looped: (x) => {
      const { state } = loop(
        ({ at, n }, { key: own }) => ({
          at: tf.sin(add(mul(at, drawNormal(own, [2])), gather(x!, n))),
          n: tf.sub(tf.scalar(1, 'int32'), n),
        }),
        { state: { at: x!, n: ndarray(Int32Array.of(0), []) }, count: 4, random: key(3) },
      )
      return sum(state.at)
    },
    written: (x) =>
      sum(
        times(4).reduce(
          (s, i) =>
            tf.sin(add(mul(s, drawNormal(foldIn(key(3), i), [2])), gather(x!, tf.scalar(i % 2, 'int32')))),
          x!,
        ),
      ),
    args: [array([2], (i) => 0.8 - 0.3 * i)],
  },
  {
    name: 'a part of the step that no gradient passes through',
    looped: (x) =>
      sum(loop((s: tf.Tensor) => mul(tf.sin(s), stopGradient(exp(s))), { state: x!, count: 3 }).state),
    written: (x) => sum(times(3).reduce((s) => mul(tf.sin(s), stopGradient(exp(s))), x!)),
    isStopped: true,
    args: [array([2], (i) => 0.2 + 0.3 * i)],
  },
  {
    name: 'no steps',
    looped: (x) => sum(loop((s: tf.Tensor) => mul(s, s), { state: square(x!), count: 0 }).state),
    written: (x) => sum(square(x!)),
    args: [array([2], (i) => i + 1)],
  },
  {
    name: 'one step, and what is never collected',
    looped: (x) => {
      const { state, outputs } = loop((s: tf.Tensor) => ({ state: tf.sin(s), outputs: exp(s) }), {
        state: x!,
        count: 1,
        collect: { every: 2 },
      })
      return add(sum(state), sum(outputs))
    },
    written: (x) => sum(tf.sin(x!)),
    args: [array([2], (i) => i + 1)],
  },
]

const numbers = (x: tf.Tensor | NdArray): number[] => {
  if (!(x instanceof tf.Tensor)) return [...x.data]
  const data = [...x.dataSync()]
  x.dispose()
  return data
}

describe.each(CASES)('$name', ({ looped, written, args }) => {
  /** All derivatives of a function, of the gradients' squares as well, and of those. */
  const derivatives =
    (f: F, order: number) =>
    (...xs: readonly tf.Tensor[]): readonly tf.Tensor[] => {
      const { value, grads } = valueAndGrad(f)(...xs)
      if (order === 1) return [value, ...grads]
      const next = (...ys: readonly tf.Tensor[]): tf.Tensor =>
        valueAndGrad(f)(...ys).grads.reduce((total: tf.Tensor, g) => add(total, sum(square(g))), tf.scalar(0))
      return [value, ...grads, ...derivatives(next, order - 1)(...xs)]
    }

  test.each(WAYS)('gradients are those of the recurrence written out (%s)', (_, options) => {
    const isDouble = options.precision === 'float64'
    const orders = isDouble ? [1, 2, 3] : [1]
    for (const order of orders) {
      const [a, b] = [looped, written].map((f) =>
        (compile(derivatives(f, order), options)(...args) as (tf.Tensor | NdArray)[]).map(numbers),
      )
      for (const [i, own] of b!.entries()) {
        for (const [j, x] of own.entries()) {
          const far = Math.abs(a![i]![j]! - x) / Math.max(1, Math.abs(x))
          expect(far, `order ${order}, ${i} at ${j}: ${a![i]![j]} for ${x}`).toBeLessThan(
            isDouble ? 1e-12 : 1e-5,
          )
        }
      }
    }
  })
})

test.each(CASES.filter(({ isStopped }) => !isStopped))(
  'gradients are central differences: $name',
  ({ looped, args }) => {
    const program = compile((...xs: tf.Tensor[]) => valueAndGrad(looped)(...xs), { precision: 'float64' })
    const { grads } = program(...args)
    const h = 1e-6
    for (const [k, arg] of args.entries()) {
      const given = arg.data as Float64Array
      for (const [i, x] of given.entries()) {
        const moved = (by: number) =>
          program(...args.with(k, ndarray(given.with(i, x + by), arg.shape))).value.data[0]!
        const slope = (moved(h) - moved(-h)) / (2 * h)
        expect(Math.abs(grads[k]!.data[i]! - slope)).toBeLessThan(1e-7 * Math.max(1, Math.abs(slope)))
      }
    }
  },
)

test('a step’s own gradient of a custom function passes through', () => {
  // ⌊s⌉ with slope 1: (s ← ⌊s⌉·a three times)′ in a is 3 a² for s = 1, and whole a.
  const rounded = tf.customGrad(((x: tf.Tensor) => ({
    value: tf.round(x),
    gradFunc: (dy: tf.Tensor) => dy,
  })) as never) as unknown as (x: tf.Tensor) => tf.Tensor
  const f = (a: tf.Tensor) => loop((s: tf.Tensor) => mul(rounded(s), a), { state: 1, count: 3 }).state
  const [one, two] = [
    compile(grad(f), { precision: 'float64' }),
    compile(grad(grad(f)), { precision: 'float64' }),
  ]
  expect(one(ndarray(Float64Array.of(2), [])).data[0]).toBe(12)
  expect(two(ndarray(Float64Array.of(2), [])).data[0]).toBe(12)
})

test('a long loop has a gradient: of gradient descent in its rate', () => {
  // x ← x − 2 r x, so that after n steps x = x₀ (1 − 2 r)ⁿ, of slope −2 n x₀ (1 − 2 r)ⁿ⁻¹.
  const n = 5000
  const f = (r: tf.Tensor) => {
    const descent = (x: tf.Tensor) => sub(x, mul(r, grad((y: tf.Tensor) => square(y))(x)))
    return loop(descent, { state: 3, count: n }).state
  }
  const rate = 1e-4
  const slope = compile(grad(f), { precision: 'float64' })(ndarray(Float64Array.of(rate), [])).data[0]!
  const truth = -2 * n * 3 * (1 - 2 * rate) ** (n - 1)
  expect(Math.abs(slope / truth - 1)).toBeLessThan(1e-11)
})
