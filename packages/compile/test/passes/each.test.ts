import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import * as ops from '@variate/core/ops'
import { fill } from '@variate/core/ops'
import { compile, type Explanation, type PassCount, type Passes } from '../../src/index.ts'
import { asItIs } from '../../src/graph/asItIs.ts'
import { folded, withConstants } from '../../src/graph/folding.ts'
import type { Operation } from '../../src/graph/graph.ts'
import { PASSES, passesOf } from '../../src/graph/passes.ts'
import { trace } from '../../src/trace/trace.ts'
import { doubled } from '../inJavaScript.ts'

type Op = (x: tf.Tensor) => tf.Tensor

/** The operations that are recorded of a function of a matrix. */
function recorded(f: Op, passes: Partial<Passes>): string[] {
  const { graph } = trace([{ shape: [4, 3], dtype: 'float32' }], ([x]) => [f(x!)], {
    precision: 'float64',
    passes: passesOf(passes),
  })
  return graph.nodes.map(({ op }) => op).filter((op) => op !== 'input' && op !== 'constant')
}

/** The last operation as it is recorded, before any pass. */
function operationOf(f: Op): Operation {
  const passes = passesOf({ folding: false, algebra: false, commonSubexpressions: false })
  return trace([{ shape: [4, 3], dtype: 'float32' }], ([x]) => [f(x!)], { precision: 'float64', passes })
    .outputs[0]!
}

describe('folding', () => {
  test('makes one constant of an operation on constants: of 0.1 + 0.2 in each precision its own', () => {
    const operation = operationOf(() => ops.add(ops.constant(0.1), ops.constant(0.2)))
    expect(folded(operation, 'float64')?.attributes['values']).toBe(0.1 + 0.2)
    const single = Math.fround(Math.fround(0.1) + Math.fround(0.2))
    expect(folded(operation, 'float32')?.attributes['values']).toBe(single)
  })

  test('leaves what depends on an input alone, and takes its constants', () => {
    const operation = operationOf((x) => ops.mul(x, fill([4, 3], 5)))
    expect(folded(operation, 'float64')).toBeUndefined()
    expect(operation.inputs).toHaveLength(2)
    const own = withConstants(operation, 'float64')
    expect([own.inputs.length, own.attributes['constants']]).toEqual([1, [null, 5]])
  })

  test('is done while recording, unless it is switched off', () => {
    const f: Op = (x) => ops.add(x, ops.exp(ops.constant(1)))
    expect(recorded(f, {})).toEqual(['add'])
    expect(recorded(f, { folding: false })).toEqual(['exp', 'add'])
  })
})

describe('algebra', () => {
  const SAME: readonly Op[] = [
    (x) => ops.mul(x, 1),
    (x) => ops.div(x, 1),
    (x) => ops.sub(x, 0),
    (x) => ops.reshape(x, [4, 3]),
    (x) => tf.transpose(x, [0, 1]),
    (x) => tf.slice(x, [0, 0], [4, 3]),
  ]
  test.each(SAME)('%s is its input, unless it is switched off', (f) => {
    const operation = operationOf(f)
    expect(asItIs(operation)).toBe(operation.inputs[0])
    expect(recorded(f, {})).toEqual([])
    expect(recorded(f, { algebra: false })).toHaveLength(1)
  })

  test.each<Op>([(x) => ops.add(x, 0), (x) => ops.mul(x, -1), (x) => ops.mul(x, 0), (x) => tf.transpose(x)])(
    '%s is not: numbers change, be it the sign of a zero',
    (f) => {
      expect(asItIs(operationOf(f))).toBeUndefined()
    },
  )
})

test('equal operations are one, unless that is switched off', () => {
  const f: Op = (x) => ops.mul(ops.exp(x), ops.exp(x))
  expect(recorded(f, {})).toEqual(['exp', 'mul'])
  expect(recorded(f, { commonSubexpressions: false })).toEqual(['exp', 'exp', 'mul'])
})

/** What becomes of a function of tensors of some lengths. */
function explained(
  f: (...xs: tf.Tensor[]) => unknown,
  shapes: number[][],
  passes: Partial<Passes> = {},
): Explanation {
  const program = compile(f, { precision: 'float64', passes })
  const inputs = shapes.map((shape) => tf.zeros(shape))
  program(...inputs)
  tf.dispose(inputs)
  return program.explain()
}

const loopsOf = ({ pieces }: Explanation) => pieces.filter((piece) => piece.kind === 'loops')
const countOf = ({ passes }: Explanation, pass: keyof Passes) => passes.find((count) => count.pass === pass)

test('what nothing needs is left out, unless that is switched off', () => {
  const f = (x: tf.Tensor) => {
    ops.exp(x)
    return ops.log(x)
  }
  expect(explained(f, [[3]]).needed).toBe(2)
  expect(explained(f, [[3]], { deadCode: false }).needed).toBe(3)
})

test('small tensors are written out, unless that is switched off', () => {
  const f = (x: tf.Tensor) => ops.exp(ops.neg(x))
  expect(explained(f, [[3]]).pieces).toEqual([{ kind: 'written out', operations: 2 }])
  expect(loopsOf(explained(f, [[3]], { unrolling: false }))).toEqual([
    { kind: 'loops', domains: [[3]], writes: ['exp'] },
  ])
})

test('a tensor in another shape lies where the other does, unless that is switched off', () => {
  const f = (x: tf.Tensor) => [ops.reshape(ops.exp(x), [100, 20]), ops.sum(ops.exp(x))]
  const [own, shared] = [{ views: false }, {}].map((passes) => explained(f, [[2000]], passes)) as [
    Explanation,
    Explanation,
  ]
  expect(own.memoryBytes - shared.memoryBytes).toBe(2000 * 8)
  expect(countOf(shared, 'views')).toEqual({ pass: 'views', before: 3, after: 2 })
})

test('operations are computed in one loop, unless that is switched off', () => {
  const f = (x: tf.Tensor) => ops.tanh(ops.exp(ops.neg(x)))
  expect(loopsOf(explained(f, [[2000]])).flatMap(({ writes }) => writes)).toEqual(['tanh'])
  const apart = explained(f, [[2000]], { fusion: false })
  expect(loopsOf(apart).map(({ writes }) => writes)).toEqual([['neg'], ['exp'], ['tanh']])
  expect(countOf(apart, 'fusion')).toEqual({ pass: 'fusion', before: 3, after: 3 })
})

test('loops over the same rows are gone through together, unless that is switched off', () => {
  const f = (x: tf.Tensor, w: tf.Tensor) =>
    ops.matMul(ops.exp(ops.matMul(x, w)), ops.matMul(x, w), { transposeA: true })
  const shapes = [[5000, 20], [20, 1]] // prettier-ignore
  const [together, apart] = [{}, { blocking: false }].map((passes) => loopsOf(explained(f, shapes, passes)))
  expect(together!.map(({ domains }) => domains.length)).toEqual([2])
  expect(apart!.map(({ domains }) => domains.length)).toEqual([1, 1])
})

describe('the explanation', () => {
  const f = (x: tf.Tensor) => {
    ops.cos(x)
    const y = ops.reshape(ops.mul(ops.mul(x, 1), ops.exp(ops.constant(2))), [50, 40])
    return ops.add(ops.exp(y), ops.sum(ops.exp(y), 1, true))
  }

  test('counts operations before each pass and after it: what one leaves the next begins with', () => {
    const { passes, memoryBytes } = explained(f, [[2000]])
    expect(passes.map(({ pass }) => pass)).toEqual(PASSES)
    for (const [i, { before, after }] of passes.slice(0, -1).entries()) {
      expect(after).toBeLessThanOrEqual(before)
      expect(before).toBe(passes[i - 1]?.after ?? before)
    }
    const left = ({ before, after }: PassCount) => before - after
    const counted = Object.fromEntries(passes.map((count) => [count.pass, left(count)]))
    expect(passes.at(-1)).toEqual({ pass: 'reuse', before: expect.any(Number), after: memoryBytes })
    // exp(2), x·1, the second exp(y), and cos(x).
    expect(counted).toMatchObject({
      folding: 1,
      algebra: 1,
      commonSubexpressions: 1,
      deadCode: 1,
      unrolling: 0,
    })
  })

  test('tells why JavaScript is called', () => {
    const called = (g: (x: tf.Tensor) => tf.Tensor, shape: number[]) => {
      const program = compile(g)
      const x = tf.zeros(shape)
      tf.dispose([program(x), x])
      return program.explain().pieces.filter(({ kind }) => kind === 'called')
    }
    expect(called(doubled, [2000])).toEqual([
      { kind: 'called', operation: 'drawDoubled', reason: 'there is no code for drawDoubled' },
    ])
    const whole = (x: tf.Tensor) => ops.logDeterminant(tf.cast(tf.add(x, tf.eye(2)), 'int32'))
    const reason = 'the code for logDeterminant is not for int32 [2,2]'
    expect(called(whole, [2, 2])).toEqual([{ kind: 'called', operation: 'logDeterminant', reason }])
  })

  test('of a program that runs operation by operation ends with what is left of it', () => {
    const program = compile(f, { engine: 'eager' })
    const x = tf.zeros([2000])
    tf.dispose([program(x), x])
    const { passes } = program.explain()
    expect(passes.map(({ pass }) => pass)).toEqual(PASSES.slice(0, 4))
    expect(passes.at(-1)).toEqual({ pass: 'deadCode', before: 7, after: 6 })
  })
})
