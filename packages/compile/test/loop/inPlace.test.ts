import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile, loop, valueAndGrad } from '../../src/index.ts'
import { build, inputsOf, number, shapes, steps } from '../randomPrograms.ts'

type State = readonly tf.Tensor[]
type Step = (state: State) => State | { readonly state: State; readonly outputs: tf.Tensor }

/** What some steps make of a state, and what is collected of them. */
function run(step: Step, start: State, reuse: boolean): { numbers: Float64Array[]; bytes: number } {
  const program = compile(
    (...state: readonly tf.Tensor[]) => {
      const { state: end, outputs } = loop(
        (now: State) => {
          const made = step(now)
          return 'outputs' in made ? made : { state: made, outputs: ops.sum(made[0]!) }
        },
        { state, count: 3, collect: { every: 1 } },
      )
      return [...(end as unknown as State), outputs as tf.Tensor]
    },
    { engine: 'wasm', precision: 'float64', passes: { unrolling: false, reuse } },
  )
  const numbers = program(...start).map(({ data }) => data as Float64Array)
  return { numbers, bytes: program.explain().memoryBytes }
}

const ramp = (...shape: number[]): tf.Tensor => {
  const size = shape.reduce((a, b) => a * b, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(1 + i)),
    shape,
  )
}
const add = (x: tf.Tensor, y: tf.Tensor): tf.Tensor => ops.add(x, y) as tf.Tensor

describe('what is carried is written where it was, unless something reads it there', () => {
  const cases: readonly (readonly [string, Step, State])[] = [
    ['each takes the other’s place', ([a, b]) => [b!, a!], [ramp(9, 5), tf.neg(ramp(9, 5))]],
    [
      'each is made of the other',
      ([a, b]) => [add(a!, b!), tf.sub(a!, b!)],
      [ramp(9, 5), tf.neg(ramp(9, 5))],
    ],
    ['its own elements from the other end', ([a]) => [add(a!, tf.reverse(a!, 0))], [ramp(40)]],
    ['its own elements, transposed', ([a]) => [add(a!, tf.transpose(a!))], [ramp(7, 7)]],
    ['a sum over all before', ([a]) => [add(a!, tf.sum(a!))], [ramp(31)]],
    [
      'a sum over all of what was, afterwards',
      ([a, b]) => [ops.mul(a!, 2) as tf.Tensor, add(b!, tf.sum(ops.square(tf.softmax(a!)) as tf.Tensor))],
      [ramp(33), ramp(33)],
    ],
    [
      'a product with what was',
      ([a, b]) => [ops.tanh(a!) as tf.Tensor, tf.matMul(a!, b!)],
      [ramp(6, 6), ramp(6, 6)],
    ],
    [
      'what was is collected',
      ([a]) => ({ state: [ops.mul(a!, 2) as tf.Tensor], outputs: tf.reshape(a!, [12]) }),
      [ramp(3, 4)],
    ],
    [
      'what was is read in another shape',
      ([a, b]) => [ops.exp(ops.neg(a!)) as tf.Tensor, add(b!, tf.sum(tf.reshape(a!, [4, 3]), 1))],
      [ramp(3, 4), ramp(4)],
    ],
    [
      'large rows, block by block',
      ([a, b]) => [add(a!, tf.tanh(b!)), add(tf.softmax(b!), tf.reverse(a!, 0))],
      [ramp(100, 200), ramp(100, 200)],
    ],
  ]
  test.each(cases)('%s', (_, step, start) => {
    const [there, elsewhere] = [run(step, start, true), run(step, start, false)]
    expect(there.numbers).toEqual(elsewhere.numbers)
  })

  test('random steps', { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(shapes, steps, number, (given, program, seed) => {
        const start = inputsOf(given, seed)
        const step: Step = (state) => {
          const made = build(program)(...state)
          return state.map((x, i) => {
            const y = made[i % made.length]!
            const fits =
              y.rank <= x.rank && y.shape.every((n, k) => [1, x.shape[x.rank - y.rank + k]].includes(n))
            return tf.tanh(add(ops.mul(x, 0.5) as tf.Tensor, fits ? y : tf.mean(y)))
          })
        }
        const [there, elsewhere] = [run(step, start, true), run(step, start, false)]
        expect(there.numbers).toEqual(elsewhere.numbers)
        tf.dispose(start)
      }),
      { numRuns: 60 },
    )
  })

  test('both sums of Adam take no memory for what is carried next', () => {
    const adam: Step = ([x, m, v]) => {
      const g = ops.sub(x!, 1) as tf.Tensor
      const [first, second] = [
        add(ops.mul(0.9, m!) as tf.Tensor, g),
        add(ops.mul(0.999, v!) as tf.Tensor, ops.square(g) as tf.Tensor),
      ]
      return [
        ops.sub(x!, ops.div(first, add(ops.sqrt(second) as tf.Tensor, tf.scalar(1e-8)))) as tf.Tensor,
        first,
        second,
      ]
    }
    const start = [ramp(1000), tf.zeros([1000]), tf.zeros([1000])]
    const [there, elsewhere] = [run(adam, start, true), run(adam, start, false)]
    expect(there.numbers).toEqual(elsewhere.numbers)
    expect(elsewhere.bytes - there.bytes).toBeGreaterThanOrEqual(2 * 8000)
  })

  test('what was written in place of another, and is taken by a loop that the gradient runs again', () => {
    // The inner loop begins with y; z, whose place y takes, is read by nothing.
    const f = (x: tf.Tensor, w: tf.Tensor): tf.Tensor => {
      const { state } = loop(
        ([a, , b]: State) => {
          const y = ops.tanh(a!) as tf.Tensor
          const inner = loop((u: tf.Tensor) => ops.sin(add(u, y)) as tf.Tensor, { state: y, count: 2 }).state
          return [ops.mul(0.7, a!) as tf.Tensor, y, ops.mul(b!, inner) as tf.Tensor]
        },
        { state: [x, w, w], count: 3 },
      )
      const [, z, b] = state as State
      return add(ops.sum(z!), ops.sum(b!))
    }
    const given = [ramp(40), tf.ones([40])] as const
    const options = { engine: 'wasm', precision: 'float64', passes: { unrolling: false } } as const
    const both = compile((x: tf.Tensor, w: tf.Tensor) => {
      const { value, grads } = valueAndGrad(f)(x, w)
      return [value, ...grads]
    }, options)(...given)
    const value = compile(f, options)
    const slope = (at: 0 | 1, i: number): number => {
      const [up, down] = [1e-5, -1e-5].map((step) => {
        const moved = given.map((x) => Float64Array.from(x.dataSync()))
        moved[at]![i]! += step
        return (value as unknown as (...x: Float64Array[]) => { data: Float64Array })(...moved).data[0]!
      })
      return (up! - down!) / 2e-5
    }
    for (const at of [0, 1] as const) {
      for (const i of [0, 17, 39]) expect(both[at + 1]!.data[i]).toBeCloseTo(slope(at, i), 7)
    }
  })
})
