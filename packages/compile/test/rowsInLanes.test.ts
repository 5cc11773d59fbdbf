import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile, valueAndGrad, type Precision } from '../src/index.ts'
import { PASSES, type Passes } from '../src/graph/passes.ts'
import { epsilonOf, PRECISIONS } from './routines/computed.ts'
import { numbers } from './routines/numbers.ts'
import { sizeOf } from './routines/places.ts'

type Make = (...xs: tf.Tensor[]) => readonly tf.Tensor[]

const NONE = Object.fromEntries(PASSES.map((pass) => [pass, false])) as unknown as Passes

function run(f: Make, inputs: readonly NdArray[], precision: Precision, passes: Partial<Passes>): number[][] {
  const results = compile(f, { engine: 'wasm', precision, passes })(...inputs) as readonly (
    | tf.Tensor
    | NdArray
  )[]
  return results.map((x) => {
    const data = Array.from(x instanceof tf.Tensor ? x.dataSync() : x.data)
    if (x instanceof tf.Tensor) x.dispose()
    return data
  })
}

/** Where results are farther from those without passes than rounding makes sums of so many. */
function mistakesIn(f: Make, inputs: readonly NdArray[], precision: Precision, terms: number): string[] {
  const [all, none] = [{ unrolling: false }, NONE].map((passes) => run(f, inputs, precision, passes))
  const allowed = 8 * (8 + Math.sqrt(terms)) * epsilonOf(precision)
  return none!.flatMap((wanted, i) => {
    const largest = Math.max(1, ...wanted.filter(Number.isFinite).map(Math.abs))
    const isNear = (x: number, y: number): boolean => Object.is(x, y) || Math.abs(x - y) <= allowed * largest
    const wrong = wanted.findIndex((y, j) => !isNear(all![i]![j]!, y))
    if (wrong < 0 && all![i]!.length === wanted.length) return []
    return [`result ${i} at ${wrong} is ${all![i]![wrong]}, not ${wanted[wrong]}`]
  })
}

const inputsOf = (shapes: readonly (readonly number[])[]): readonly NdArray[] =>
  shapes.map((shape, i) => ndarray(numbers(sizeOf(shape), i), [...shape]))

const rows = fc.oneof(fc.integer({ min: 14, max: 70 }), fc.constantFrom(16, 17, 64, 300))
const few = fc.integer({ min: 1, max: 7 })

/** A tensor [n, k, m], one of its rows, and what each row has: chains, and sums and largest numbers along all axes. */
const f: Make = (x, row, column) => {
  const chain = ops.exp(ops.sub(ops.tanh(ops.mul(x!, row!)), ops.square(column!)))
  const axes = [[0], [1], [2], [0, 1], [1, 2], [0, 2], [0, 1, 2]]
  const isLarge = ops.cast(ops.greater(chain, 0.5) as tf.Tensor, 'bool')
  return [
    chain,
    ops.mul(chain, x!),
    isLarge,
    ...axes.map((axis) => ops.sum(chain, axis)),
    ...axes.map((axis) => ops.max(ops.mul(chain, x!), axis)),
  ]
}

describe.each(PRECISIONS)('in %s', (precision) => {
  test('what is made of short rows, and summed up along any axes, is that of each element', () => {
    fc.assert(
      fc.property(rows, few, few, (n, k, m) => {
        expect(mistakesIn(f, inputsOf([[n, k, m], [k, m], [n, 1, 1]]), precision, n * k * m)).toEqual([]) // prettier-ignore
        expect(mistakesIn(f, inputsOf([[n, k, m], [k, 1], [n, k, 1]]), precision, n * k * m)).toEqual([]) // prettier-ignore
        expect(mistakesIn(f, inputsOf([[n, 1, m], [1, 1, 1], [1, k, m]]), precision, n * k * m)).toEqual([]) // prettier-ignore
      }),
      { numRuns: 12 },
    )
  })

  test('axes before the rows, parts of rows, and what is read backwards or transposed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3 }), rows, few, (b, n, k) => {
        const g: Make = (x, row, turned) => {
          const chain = ops.softplus(ops.add(ops.mul(x!, row!), tf.transpose(turned!, [0, 2, 1])))
          const parts = ops.exp(ops.slice(ops.sub(chain, row!), [0, 1, 0], [b, n - 1, k]))
          return [
            chain,
            ops.sum(chain, 2),
            ops.max(parts, -1),
            ops.sum(parts, [0, 1]),
            ops.concat([chain, chain], 2),
          ]
        }
        expect(mistakesIn(g, inputsOf([[b, n, k], [k], [b, k, n]]), precision, b * n * k)).toEqual([]) // prettier-ignore
      }),
      { numRuns: 12 },
    )
  })

  test('many rows, block by block, and long sums', () => {
    const mixture = (x: tf.Tensor, means: tf.Tensor, logits: tf.Tensor): tf.Tensor => {
      const far = ops.sum(ops.square(ops.sub(ops.expandDims(x, 1), means)), -1)
      return ops.sum(ops.logSumExp(ops.add(ops.mul(-0.5, far), ops.logSoftmax(logits)), -1))
    }
    for (const [n, k] of [
      [5003, 4],
      [6000, 3],
    ] as const) {
      // prettier-ignore
      const g: Make = (x, means, logits) => {
        const { value, grads } = valueAndGrad((...xs: tf.Tensor[]) => mixture(x!, xs[0]!, xs[1]!))(means!, logits!)
        return [value, ...grads]
      }
      expect(mistakesIn(g, inputsOf([[n, 2], [k, 2], [k]]), precision, n * k)).toEqual([]) // prettier-ignore
      expect(mistakesIn(f, inputsOf([[n, 1, k], [1, k], [n, 1, 1]]), precision, n * k)).toEqual([]) // prettier-ignore
    }
  })

  test('NaN, infinite numbers and zeros of both signs', () => {
    const x = ndarray(numbers(40 * 3, 1), [40, 3])
    ;[NaN, Infinity, -Infinity, -0, 0].forEach((end, i) => (x.data[7 * i] = end))
    const g: Make = (y) => [
      ops.exp(y!),
      ops.max(y!, 1),
      ops.sum(y!, 1),
      ops.tanh(y!),
      ops.sum(ops.exp(ops.neg(y!)), 0),
    ]
    const kind = (a: number): string =>
      Number.isFinite(a) && a !== 0 ? 'finite' : Object.is(a, -0) ? '-0' : String(a)
    const [all, none] = [{ unrolling: false }, NONE].map((passes) =>
      run(g, [x], precision, passes).map((y) => y.map(kind)),
    )
    expect(all).toEqual(none)
  })
})
