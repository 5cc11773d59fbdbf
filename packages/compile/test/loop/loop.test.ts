import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { foldIn, key, ndarray, random, type NdArray } from '@variate/core'
import { add, cast, cholesky, drawNormal, greater, mul, sum, where } from '@variate/core/ops'
import { compile, loop } from '../../src/index.ts'
import { computed, WAYS } from './run.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const scalar = (x: number): NdArray => ndarray(Float64Array.of(x), [])
const int = (...xs: number[]): NdArray => ndarray(Int32Array.from(xs))

describe.each(WAYS)('steps, %s', (_, options) => {
  const run = (f: (...xs: tf.Tensor[]) => readonly tf.Tensor[], ...args: readonly NdArray[]) =>
    computed(f, args, options).map(({ data }) => data)

  test.each([0, 1, 2, 20])(
    'all of the state is read before any is written: Fibonacci’s numbers after %d',
    (count) => {
      const truth = [0, 1]
      for (let i = 0; i < count; i++) truth.push(truth.at(-1)! + truth.at(-2)!)
      const f = (a: tf.Tensor, b: tf.Tensor) => {
        const { state } = loop(([x, y]) => [y, add(x, y)] as const, { state: [a, b] as const, count })
        return state
      }
      const expected = truth.slice(count, count + 2).map((x) => [x])
      expect(run(f, scalar(0), scalar(1))).toEqual(expected)
      expect(run(f, int(0), int(1))).toEqual(expected)
    },
  )

  test('parts of the state change places, and one stays as it is', () => {
    const f = (x: tf.Tensor) => {
      const { state } = loop(({ a, b, c, kept }) => ({ a: b, b: c, c: a, kept }), {
        state: { a: x, b: mul(10, x), c: mul(100, x), kept: mul(1000, x) },
        count: 4,
      })
      return [state.a, state.b, state.c, state.kept]
    }
    expect(run(f, ndarray(Float64Array.of(1, 2)))).toEqual([[10, 20], [100, 200], [1, 2], [1000, 2000]]) // prettier-ignore
  })

  // After i + 1 steps of x ← x + i the state is i (i + 1) / 2.
  test.each([
    [7, 1, [0, 1, 3, 6, 10, 15, 21]],
    [7, 3, [3, 15]],
    [6, 3, [3, 15]],
    [2, 3, []],
    [0, 1, []],
  ] as const)('of %d steps the last of every %d is collected', (count, every, truth) => {
    const f = (x: tf.Tensor) => {
      const { state, outputs } = loop(
        (at: tf.Tensor, { index }) => {
          const next = add(at, index)
          return { state: next, outputs: { next, before: at, index, one: 1, pair: tf.stack([next, at]) } }
        },
        { state: x, count, collect: { every } },
      )
      return [state, outputs.next, outputs.before, outputs.index, outputs.one, outputs.pair]
    }
    const results = computed(f, [scalar(0)], options)
    const last = truth.map((_, j) => (j + 1) * every - 1)
    const before = truth.map((x, j) => x - last[j]!)
    expect(results.map(({ data }) => data)).toEqual([
      [(count * Math.max(0, count - 1)) / 2],
      truth,
      before,
      last,
      truth.map(() => 1),
      truth.flatMap((x, j) => [x, before[j]!]),
    ])
    const rows = truth.length
    expect(results.map(({ shape }) => shape)).toEqual([[], [rows], [rows], [rows], [rows], [rows, 2]])
  })

  test('dear outputs of few steps are those of all', () => {
    const f = (x: tf.Tensor) => {
      const of = (every: number) =>
        loop((at: tf.Tensor) => ({ state: add(at, 1), outputs: sum(tf.exp(tf.sin(tf.tanh(mul(at, at))))) }), {
          state: x,
          count: 9,
          collect: { every },
        })
      return [of(4).state, of(4).outputs, tf.gather(of(1).outputs, tf.tensor1d([3, 7], 'int32'))]
    }
    const [state, few, all] = run(f, ndarray(Float64Array.of(0.5, -3, 2)))
    expect(state).toEqual([9.5, 6, 11])
    expect(few).toEqual(all)
  })

  test('each step has its row, all of them what is whole', () => {
    const rows = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2])
    const f = (x: tf.Tensor, y: tf.Tensor, z: tf.Tensor) => {
      const { state } = loop((at, { each, inputs }) => add(mul(inputs.z, at), mul(each.x, each.y)), {
        state: tf.zeros([2]),
        count: 3,
        inputs: { z },
        each: { x, y },
      })
      return [state]
    }
    // 4·(1, 2) + 2·2·(3, 4) + 3·(5, 6)
    expect(run(f, rows, int(1, 2, 3), scalar(2))).toEqual([[4 + 12 + 15, 8 + 16 + 18]])
  })

  test.each([1, 3, 17, 33, 200])('rows of %d elements are copied whole', (n) => {
    const data = Float64Array.from({ length: 4 * n }, (_, i) => i)
    const f = (x: tf.Tensor) => {
      const { state, outputs } = loop((at, { each }) => ({ state: add(at, each), outputs: at }), {
        state: tf.zeros([n]),
        count: 4,
        each: x,
        collect: { every: 1 },
      })
      return [state, outputs]
    }
    const truth = Array.from({ length: n }, (_, i) => 4 * i + 6 * n)
    const [state, outputs] = run(f, ndarray(data, [4, n]))
    expect(state).toEqual(truth)
    expect(outputs!.slice(3 * n)).toEqual(truth.map((_, i) => 3 * i + 3 * n))
  })

  test('whole numbers and conditions are carried and collected as such', () => {
    const f = (n: tf.Tensor) => {
      const { state, outputs } = loop(
        ({ at, wasOdd }) => ({
          state: { at: tf.mul(at, tf.scalar(3, 'int32')), wasOdd: tf.logicalNot(wasOdd) },
          outputs: [at, wasOdd] as const,
        }),
        { state: { at: n, wasOdd: tf.greater(n, tf.scalar(0, 'int32')) }, count: 3, collect: { every: 1 } },
      )
      return [state.at, state.wasOdd, ...outputs]
    }
    expect(run(f, int(1, 0))).toEqual([[27, 0], [0, 1], [1, 0, 3, 0, 9, 0], [1, 0, 0, 1, 1, 0]]) // prettier-ignore
  })

  test('loops nest, and what they capture is computed before', () => {
    // Σᵢ Σⱼ₌₀ⁱ (i + j + e)
    const f = (x: tf.Tensor) => {
      const e = tf.exp(x)
      const { state } = loop(
        (total: tf.Tensor, { index: i }) => {
          const inner = loop(
            (part: tf.Tensor, { index: j }) => where(greater(j, i), part, add(part, add(add(i, j), e))),
            { state: 0, count: 4 },
          )
          return add(total, inner.state)
        },
        { state: 0, count: 4 },
      )
      return [state]
    }
    let truth = 0
    for (let i = 0; i < 4; i++) for (let j = 0; j <= i; j++) truth += i + j + Math.E
    expect(run(f, scalar(1))[0]![0]).toBeCloseTo(truth, 4)
  })

  test('a compiled function is part of the step, and kernels without code are called', () => {
    const twice = compile((a: tf.Tensor) => mul(2, a))
    const f = (a: tf.Tensor) => {
      const { state } = loop((at: tf.Tensor) => twice(cholesky(at)), { state: a, count: 2 })
      return [state]
    }
    // √16 → 8 → √8 → 2√8
    const [[root]] = run(f, ndarray(Float64Array.of(16), [1, 1])) as [[number]]
    expect(root).toBeCloseTo(2 * Math.sqrt(8), 6)
  })

  test('step i draws from the key folded with i', () => {
    const f = (k: tf.Tensor) => {
      const draw = (seed: tf.Tensor | ReturnType<typeof key>) =>
        loop(
          (total: tf.Tensor, step) => ({ state: add(total, drawNormal(step.key, [2])), outputs: step.key }),
          {
            state: tf.zeros([2]),
            count: 3,
            random: seed,
            collect: { every: 1 },
          },
        )
      return [draw(k).state, draw(key(5)).state, draw(k).outputs]
    }
    const keys = [0, 1, 2].map((i) => foldIn(key(5), i))
    const draws = keys.map((k) => random.normal(k, [2]).data)
    const results = run(f, int(...key(5)))
    for (const total of results.slice(0, 2)) {
      for (const i of [0, 1])
        expect(total[i]).toBeCloseTo(
          draws.reduce((all, x) => all + x[i]!, 0),
          5,
        )
    }
    expect(results[2]).toEqual([...Int32Array.from(keys.flat())])
  })

  test('several loops in one function, one on what another gives', () => {
    const f = (x: tf.Tensor) => {
      const first = loop((at: tf.Tensor) => ({ state: add(at, 1), outputs: at }), {
        state: x,
        count: 5,
        collect: { every: 1 },
      })
      const second = loop((at: tf.Tensor, { each }) => add(at, each), {
        state: first.state,
        count: 5,
        each: first.outputs,
      })
      return [second.state, first.state]
    }
    expect(run(f, scalar(0))).toEqual([[15], [5]])
  })

  test('empty tensors are carried', () => {
    const f = (x: tf.Tensor) => [
      loop((at: tf.Tensor) => add(at, 1), { state: tf.slice(x, [0], [0]), count: 3 }).state,
    ]
    expect(run(f, ndarray(Float64Array.of(1)))).toEqual([[]])
  })
})

test('outside of a function that is compiled, a loop is compiled and run', () => {
  const { state, outputs } = loop(
    ({ x, n }, { each }) => ({ state: { x: add(x, each), n: add(n, 1) }, outputs: { x } }),
    {
      state: { x: Float32Array.of(0, 1), n: 0 },
      count: 3,
      each: Float32Array.of(1, 2, 3),
      collect: { every: 2 },
    },
  )
  expect(state.x.arraySync()).toEqual([6, 7])
  expect(state.n.arraySync()).toBe(3)
  expect(outputs.x.arraySync()).toEqual([[1, 2]])
  tf.dispose([state, outputs])
})

test('where TensorFlow.js takes a gradient the steps are taken one by one', () => {
  tf.tidy(() => {
    // x·2³ + (1 + 2)·3, of which x·2 is collected in step 1: the slopes of the sum are 8 + 2.
    const f = (x: tf.Tensor) => {
      const { state, outputs } = loop(
        (at, { index, each, inputs }) => ({
          state: add(mul(inputs, at), mul(cast(index, 'float32'), each)),
          outputs: at,
        }),
        { state: x, count: 3, inputs: tf.scalar(2), each: tf.tensor1d([3, 3, 3]), collect: { every: 2 } },
      )
      return add(state, sum(outputs))
    }
    expect(tf.grad(f)(tf.scalar(1)).arraySync()).toBe(10)
    const none = (x: tf.Tensor) => {
      const step = (at: tf.Tensor) => ({ state: at, outputs: at })
      const { state, outputs } = loop(step, { state: x, count: 0, collect: { every: 1 } })
      expect(outputs.shape).toEqual([0])
      return mul(2, state)
    }
    expect(tf.grad(none)(tf.scalar(1)).arraySync()).toBe(2)
    const g = compile((x: tf.Tensor) => tf.grad(f)(x))
    expect(() => g(tf.scalar(1))).toThrow('use grad of @variate/compile')
  })
})
