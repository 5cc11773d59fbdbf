import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { add, mul, sum } from '@variate/core/ops'
import { compile, grad, loop, runLoop, valueAndGrad } from '../../src/index.ts'
import { computed, WAYS } from './run.ts'

const one = ndarray(Float64Array.of(1), [])

/** a doubles, b sums a, c sums b; what is collected is b before the step, c after it, and b again. */
const steps = (x: tf.Tensor, count: number) =>
  loop(
    ({ a, b, c }) => {
      const next = { a: mul(2, a), b: add(b, a), c: add(c, b) }
      return { state: next, outputs: { before: b, c: next.c, again: b } }
    },
    { state: { a: x, b: mul(0, x), c: mul(0, x) }, count, collect: { every: 2 } },
  )

describe.each(WAYS)('results that are read, %s', (_, options) => {
  test.each<readonly [string, (all: ReturnType<typeof steps>) => readonly tf.Tensor[], number[][]]>([
    ['one state', ({ state }) => [state.a], [[16]]],
    ['a state that reads another', ({ state }) => [state.b], [[15]]],
    ['an output, and the last state', ({ state, outputs }) => [outputs.c, state.c], [[1, 11], [11]]],
    ['outputs that are one', ({ outputs }) => [outputs.again, outputs.before], [[1, 7], [1, 7]]], // prettier-ignore
    ['all', ({ state: s, outputs: o }) => [o.again, s.c, o.c, s.a, o.before], [[1, 7], [11], [1, 11], [16], [1, 7]]], // prettier-ignore
  ])('%s', (__, read, truth) => {
    const results = computed((x) => read(steps(x!, 4)), [one], options)
    expect(results.map(({ data }) => data)).toEqual(truth)
  })

  test('of several loops of the same steps, and of others, are those of each', () => {
    const f = (x: tf.Tensor): readonly tf.Tensor[] => {
      const [four, same, three] = [steps(x, 4), steps(x, 4), steps(x, 3)]
      return [four.state.c, same.outputs.c, three.outputs.c, three.state.a]
    }
    expect(computed((x) => f(x!), [one], options).map(({ data }) => data)).toEqual([[11], [1, 11], [1], [8]])
  })
})

const needed = (f: (x: tf.Tensor) => unknown): number => {
  const program = compile(f, { precision: 'float64' })
  program(one)
  return program.explain().needed
}

test('what only unread results need is not computed', () => {
  // x, the loop, its result, and in the step the number, a, 2·a
  expect(needed((x) => steps(x, 4).state.a)).toBeLessThan(needed((x) => steps(x, 4).state.b))
  expect(needed((x) => steps(x, 4).state.b)).toBeLessThan(needed((x) => steps(x, 4).state))
})

test('the value comes with what the gradient computes before it', () => {
  const f = (x: tf.Tensor) =>
    sum(loop((s: tf.Tensor) => tf.sin(tf.exp(tf.cos(s))), { state: x, count: 9 }).state)
  // The value is the loop's result itself.
  expect(needed(valueAndGrad(f))).toBe(needed(grad(f)) + 1)
})

test.each(['wasm', 'eager'] as const)(
  'a run in parts gives each output its own place (%s)',
  async (engine) => {
    const { state, outputs } = await runLoop(
      (x: tf.Tensor, { index }) => ({ state: add(x, 1), outputs: { x, index, again: x } }),
      { state: 5, count: 3, collect: { every: 1 }, engine },
    )
    const numbers = [outputs.x, outputs.index, outputs.again, state].map((x) => [...x.dataSync()])
    expect(numbers).toEqual([[5, 6, 7], [0, 1, 2], [5, 6, 7], [8]]) // prettier-ignore
    tf.dispose([state, outputs])
  },
)
