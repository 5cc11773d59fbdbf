import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { key, ndarray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { fill } from '@variate/core/ops'
import { compile, loop, valueAndGrad, type Arrays } from '../../src/index.ts'
import { packed, type Block } from '../../src/engine/packed.ts'
import { Rooms } from '../../src/engine/rooms.ts'
import { build, inputsOf, number, shapes, steps } from '../randomPrograms.ts'

describe('packed', () => {
  const meet = (a: Block, b: Block) => a.from <= b.to && b.from <= a.to
  const blocks = fc.array(
    fc
      .record({
        from: fc.nat(20),
        length: fc.nat(8),
        bytes: fc.integer({ min: 1, max: 9 }).map((n) => 16 * n),
      })
      .map(({ from, length, bytes }) => ({ from, to: from + length, bytes })),
    { maxLength: 30 },
  )

  test('lets no two blocks overlap that live at the same time, and takes no more than all of them', () => {
    fc.assert(
      fc.property(blocks, (given) => {
        const { offsets, bytes } = packed(given)
        for (const [i, a] of given.entries()) {
          expect(offsets[i]! + a.bytes).toBeLessThanOrEqual(bytes)
          for (const [j, b] of given.entries()) {
            const isApart = offsets[i]! + a.bytes <= offsets[j]! || offsets[j]! + b.bytes <= offsets[i]!
            expect(i === j || !meet(a, b) || isApart).toBe(true)
          }
        }
        expect(bytes).toBeLessThanOrEqual(given.reduce((sum, block) => sum + block.bytes, 0))
      }),
    )
  })

  test('takes two places for a chain, whose members live until the next is there', () => {
    const chain = Array.from({ length: 9 }, (_, i) => ({ from: i, to: i + 1, bytes: 32 }))
    expect(packed(chain)).toEqual({ offsets: [0, 32, 0, 32, 0, 32, 0, 32, 0], bytes: 64 })
  })
})

test('rooms that are free are taken again, the smallest that will do', () => {
  let end = 0
  const rooms = new Rooms((bytes) => (end += bytes) - bytes)
  expect([rooms.take(64), rooms.take(32), rooms.take(32)]).toEqual([0, 64, 96])
  rooms.free()
  expect([rooms.take(16), rooms.take(48), rooms.take(128)]).toEqual([64, 0, 128])
  expect([end, rooms.saved]).toEqual([256, 64])
})

type Results = (...xs: tf.Tensor[]) => readonly tf.Tensor[]

/** The bytes that a program takes with and without reuse, whose results must be the same bit for bit, twice. */
function memoryOf(
  f: Results,
  inputs: readonly Arrays[],
  passes: object = {},
): { readonly apart: number; readonly shared: number } {
  const shared = compile(f, { precision: 'float64', passes })
  const apart = compile(f, { precision: 'float64', passes: { ...passes, reuse: false } })
  const bits = (run: typeof shared) => run(...inputs).map(({ data }) => Array.from(data))
  const truth = bits(apart)
  expect(bits(shared)).toEqual(truth)
  // What the first run left behind is of no matter to the second.
  expect(bits(shared)).toEqual(truth)
  const count = shared.explain().passes.find(({ pass }) => pass === 'reuse')!
  expect(count).toEqual({
    pass: 'reuse',
    before: apart.explain().memoryBytes,
    after: shared.explain().memoryBytes,
  })
  return { apart: count.before, shared: count.after }
}

test.each([
  ['as they are', {}],
  ['in loops', { unrolling: false }],
  ['in loops of one operation', { unrolling: false, fusion: false }],
])('random programs %s give the same bits where memory is used again', { timeout: 60_000 }, (_, passes) => {
  let saved = 0
  fc.assert(
    fc.property(shapes, steps, number, (given, program, seed) => {
      const inputs = inputsOf(given, seed)
      const { apart, shared } = memoryOf(build(program), inputs, passes)
      saved += apart - shared
      tf.dispose(inputs)
    }),
    { numRuns: 120 },
  )
  expect(saved).toBeGreaterThanOrEqual(0)
})

test('a chain of 60 products of matrices takes the memory of few', () => {
  const chain = (a: tf.Tensor) => {
    let x = a
    for (let i = 0; i < 60; i++) x = ops.matMul(a, x)
    return [x]
  }
  const n = 64
  const data = Float64Array.from({ length: n * n }, (_, i) => Math.sin(i) / 8)
  const { apart, shared } = memoryOf(chain, [ndarray(data, [n, n])])
  const matrix = n * n * 8
  expect(apart).toBeGreaterThan(61 * matrix)
  expect(shared).toBeLessThan(7 * matrix)
})

const wide = (n: number, f: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => f(i))
const matrix = (rows: number, columns: number, f: (i: number) => number) =>
  ndarray(wide(rows * columns, f), [rows, columns])
const scalar = (x: number) => ndarray(Float64Array.of(x), [])

describe('the same bits with memory used again', () => {
  test('of the gradient of a network, in a good part of the memory', () => {
    const f = (x: tf.Tensor, ...weights: readonly tf.Tensor[]) => {
      const h = weights.reduce((y, w) => ops.tanh(ops.matMul(y, w)), x)
      return ops.mean(ops.square(h))
    }
    const sizes = [64, 96, 96, 64, 32]
    const weights = sizes.slice(1).map((columns, i) => matrix(sizes[i]!, columns, (j) => Math.sin(j + i) / 8))
    const { apart, shared } = memoryOf(
      (x, ...own) => valueAndGrad((...ws: readonly tf.Tensor[]) => f(x!, ...ws))(...own).grads,
      [matrix(80, 64, Math.cos), ...weights],
    )
    expect(shared).toBeLessThan(0.8 * apart)
  })

  test('of routines that work in rooms, and operations that JavaScript is called for', () => {
    const f = (x: tf.Tensor, length: tf.Tensor) => {
      const scaled = ops.div(ops.sub(ops.expandDims(x, 1), x), length)
      const k = ops.add(ops.exp(ops.mul(-0.5, ops.square(scaled))), ops.mul(0.1, ops.eye(40)))
      const factor = ops.cholesky(k)
      const y = ops.matVec(factor, ops.drawGamma(key(3), [40], ops.add(1, ops.square(x))))
      const z = ops.reshape(ops.triangularSolve(factor, ops.expandDims(y, 1)), [40])
      const order = ops.gather(z, ops.constant([3, 1, 39, 20, 3, 8], 'int32'))
      return ops.add(ops.sum(ops.cumsum(order)), ops.sum(ops.square(ops.cumsum(ops.matVec(k, z)))))
    }
    const all = (x: tf.Tensor, length: tf.Tensor) => {
      const { value, grads } = valueAndGrad((a: tf.Tensor, b: tf.Tensor) => f(a, b))(x, length)
      return [value, ...grads]
    }
    const { apart, shared } = memoryOf(all, [wide(40, (i) => i / 8), scalar(0.6)])
    expect(shared).toBeLessThan(apart)
  })

  /** A loop whose steps have much to store, on what was computed before it, and read again after. */
  const looped = (every: number) => (a: tf.Tensor, x: tf.Tensor) => {
    const before = ops.matMul(ops.exp(ops.mul(a, x)), x)
    const { state, outputs } = loop(
      (s, { index }) => {
        const y = ops.tanh(ops.matMul(before, s))
        const inner = loop((t: tf.Tensor) => ops.tanh(ops.matMul(t, ops.add(before, y))), {
          state: s,
          count: 3,
        }).state
        const heavy = ops.cumsum(ops.matMul(ops.matMul(y, inner), ops.sub(y, s)))
        const next = ops.tanh(ops.add(ops.matMul(y, inner), ops.mul(0.01, ops.cast(index, 'float32'))))
        return { state: next, outputs: ops.sum(ops.tanh(heavy), 1) }
      },
      { state: x, count: 7, collect: { every } },
    )
    const after = ops.matMul(ops.tanh(ops.matMul(state, before)), x)
    return ops.add(ops.mean(after), ops.mean(ops.square(outputs)))
  }

  test.each([1, 2, 3])('of loops in loops that collect every %d steps, and their gradients', (every) => {
    const f = (a: tf.Tensor, x: tf.Tensor) => {
      const { value, grads } = valueAndGrad(looped(every))(a, x)
      return [looped(every)(a, x), value, ...grads]
    }
    const { apart, shared } = memoryOf(f, [scalar(0.3), matrix(24, 24, (i) => Math.sin(i) / 6)])
    expect(shared).toBeLessThan(apart)
  })

  test('of two loops of the same steps that collect something else of them', () => {
    const f = (x: tf.Tensor) => {
      const collected = (pick: 0 | 1) => {
        const step = (s: tf.Tensor) => {
          const y = ops.matMul(ops.tanh(s), s)
          const z = ops.matMul(ops.sin(y), ops.cos(y))
          return { state: ops.tanh(ops.matMul(z, y)), outputs: [y, z][pick]! }
        }
        return loop(step, { state: x, count: 5, collect: { every: 2 } })
      }
      return [collected(0), collected(1)].flatMap(({ state, outputs }) => [state, outputs])
    }
    for (const passes of [{}, { commonSubexpressions: false }]) {
      const { apart, shared } = memoryOf(f, [matrix(20, 20, (i) => Math.sin(i) / 5)], passes)
      expect(shared).toBeLessThan(apart)
    }
  })

  test('of views that results are, and of what is padded and concatenated in parts', () => {
    const f = (x: tf.Tensor) => {
      const y = ops.exp(x)
      const flat = ops.reshape(y, [-1])
      const parts = ops.concat([ops.cumsum(flat), ops.reshape(ops.cumsum(ops.neg(y)), [-1]), fill([5], 2)], 0)
      const padded = ops.pad(ops.reshape(ops.slice(parts, [3], [600]), [20, 30]), [[1, 2], [0, 3]], 0.5) // prettier-ignore
      return [ops.reshape(ops.cumsum(padded), [-1]), ops.sum(parts), ops.reshape(flat, [20, 20])]
    }
    const { apart, shared } = memoryOf(f, [matrix(20, 20, (i) => Math.sin(i))], { unrolling: false })
    expect(shared).toBeLessThan(apart)
  })
})
