import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DomainError, key, ndarray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { fill } from '@variate/core/ops'
import { compile, grad, loop, valueAndGrad } from '../../src/index.ts'
import { PASSES, type Passes } from '../../src/graph/passes.ts'
import { build, inputsOf, number, shapes, steps } from '../randomPrograms.ts'

type Numbers = readonly (readonly number[])[]

const NONE = Object.fromEntries(PASSES.map((pass) => [pass, false])) as unknown as Passes
const OFF: readonly (readonly [string, Partial<Passes>])[] = [
  ['no pass', NONE],
  ...PASSES.map((pass) => [`all passes but ${pass}`, { [pass]: false }] as const),
  ...PASSES.map((pass) => [`${pass} alone`, { ...NONE, [pass]: true }] as const),
]

/** Where results are farther from those with all passes than rounding explains. */
function differences(run: (passes: Partial<Passes>) => Numbers, allowed: number): string[] {
  const truth = run({})
  return OFF.flatMap(([name, passes]) => {
    const got = run(passes)
    return truth.flatMap((numbers, i) => {
      const isNear = (x: number, y: number) =>
        Object.is(x, y) || Math.abs(x - y) <= allowed * Math.max(1, Math.abs(y))
      const wrong = numbers.findIndex((y, j) => !isNear(got[i]![j]!, y))
      if (wrong < 0 && got[i]!.length === numbers.length) return []
      return [`${name}: result ${i} at ${wrong} is ${got[i]![wrong]}, not ${numbers[wrong]}`]
    })
  })
}

test(
  'random programs give the same with all passes, with none, without each and with each alone',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(shapes, steps, number, (given, program, seed) => {
        const inputs = inputsOf(given, seed)
        const f = build(program)
        const found = differences(
          (passes) =>
            compile(f, { precision: 'float64', passes })(...inputs).map(({ data }) => Array.from(data)),
          1e-12,
        )
        tf.dispose(inputs)
        expect(found).toEqual([])
      }),
      { numRuns: 60 },
    )
  },
)

const wide = (n: number, f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i))
const matrix = (rows: number, columns: number, f: (i: number) => number) =>
  ndarray(wide(rows * columns, f), [rows, columns])

/** Programs with what random ones lack: loops, derivatives, products, keys, routines and joined loops. */
const PROGRAMS: Readonly<Record<string, (passes: Partial<Passes>) => Numbers>> = {
  'the gradient of a regression, row by row': (passes) => {
    const loss = (x: tf.Tensor, y: tf.Tensor) => (w: tf.Tensor, b: tf.Tensor) =>
      ops.sum(ops.softplus(ops.mul(ops.sub(1, ops.mul(2, y)), ops.add(ops.matVec(x, w), b))))
    const f = (x: tf.Tensor, y: tf.Tensor, w: tf.Tensor, b: tf.Tensor) => valueAndGrad(loss(x, y))(w, b)
    const { value, grads } = compile(f, { precision: 'float64', passes })(
      matrix(2000, 12, Math.sin),
      wide(2000, (i) => i % 2),
      wide(12, Math.cos),
      ndarray(
        wide(1, () => 0.25),
        [],
      ),
    )
    return [value, ...grads].map(({ data }) => Array.from(data))
  },
  'a loop in a loop, and its gradient': (passes) => {
    const f = (a: tf.Tensor, x: tf.Tensor) => {
      const inner = (s: tf.Tensor) => ops.tanh(ops.mul(a, s))
      const { state, outputs } = loop(
        (s, { each }) => {
          const next = ops.add(loop(inner, { state: s, count: 2 }).state, ops.sum(each))
          return { state: next, outputs: ops.mul(next, ops.reshape(each, [3, 1])) }
        },
        { state: fill([40], 0.5), count: 4, each: x, collect: { every: 2 } },
      )
      return ops.add(ops.sum(state), ops.sum(ops.square(outputs)))
    }
    const both = compile((a: tf.Tensor, x: tf.Tensor) => valueAndGrad(f)(a, x), {
      precision: 'float64',
      passes,
    })
    const { value, grads } = both(
      ndarray(
        wide(1, () => 0.7),
        [],
      ),
      matrix(4, 3, Math.sin),
    )
    return [value, ...grads].map(({ data }) => Array.from(data))
  },
  'a Gaussian process with draws': (passes) => {
    const f = (x: tf.Tensor, length: tf.Tensor) => {
      const scaled = ops.div(ops.sub(ops.expandDims(x, 1), x), length)
      const k = ops.add(ops.exp(ops.mul(-0.5, ops.square(scaled))), ops.mul(0.1, ops.eye(40)))
      const factor = ops.cholesky(k)
      const y = ops.matVec(factor, ops.drawNormal(key(3), [40]))
      const z = ops.triangularSolve(factor, ops.expandDims(y, 1))
      return ops.sub(ops.mul(-0.5, ops.sum(ops.square(z))), ops.sum(ops.log(ops.diagPart(factor))))
    }
    const slope = (x: tf.Tensor, length: tf.Tensor) => grad((l: tf.Tensor) => f(x, l))(length)
    const run = compile((x: tf.Tensor, l: tf.Tensor) => [f(x, l), slope(x, l)], {
      precision: 'float64',
      passes,
    })
    return run(
      wide(40, (i) => i / 8),
      ndarray(
        wide(1, () => 0.6),
        [],
      ),
    ).map(({ data }) => Array.from(data))
  },
  'equal operations, neutral ones, constants, and what nothing needs': (passes) => {
    const f = (x: tf.Tensor) => {
      ops.cumsum(ops.outer(x, x))
      const twos = ops.constant([[2, 2], [2, 2], [2, 2]]) // prettier-ignore
      const five = ops.add(ops.constant(2), ops.constant(3))
      const same = ops.reshape(tf.transpose(ops.expandDims(ops.mul(ops.mul(x, 1), five), 1)), [-1])
      return [ops.add(ops.exp(same), ops.exp(same)), ops.sum(twos), ops.stopGradient(x)]
    }
    return compile(f, { precision: 'float64', passes })(wide(50, Math.sin)).map(({ data }) =>
      Array.from(data),
    )
  },
}

test.each(Object.entries(PROGRAMS))('%s gives the same whatever passes there are', (_, run) => {
  expect(differences(run, 1e-10)).toEqual([])
})

describe('passes of what is run operation by operation', () => {
  test('leave results as they are', () => {
    const f = build([[3, 0, 1, 2], [0, 0, 1, 2], [8, 0, 1, 2], [13, 0, 1, 2]]) // prettier-ignore
    const inputs = inputsOf([[4, 3], [4, 3]], 1) // prettier-ignore
    const found = differences((passes) => {
      const results = compile(f, { engine: 'eager', passes })(...inputs)
      return results.map((x) => Array.from(x.dataSync()))
    }, 1e-6)
    expect(found).toEqual([])
  })
})

test('a pass that there is not is refused', () => {
  const options = { passes: { inlining: false } as Partial<Passes> }
  expect(() => compile((x: tf.Tensor) => x, options)).toThrow(DomainError)
  expect(() => compile((x: tf.Tensor) => x, options)).toThrow("reuse, got 'inlining'")
})
