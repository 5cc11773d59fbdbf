import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { foldIn, key, type Key } from '@variate/core'
import * as ops from '@variate/core/ops'
import { batch, compile, loop } from '../../src/index.ts'
import { differences, type DrawOf } from './sameDraws.ts'

// What draws for each element of a batch from a key of its own.

const wordsOf = (k: Key, size: number): number[] =>
  Array.from({ length: size }, (_, i) => [...foldIn(k, i)].map((word) => word | 0)).flat()

const rowOf = (a: tf.Tensor) => ops.stack([a, ops.constant(1), ops.constant(2)])

type Own = (k: ops.AnyKey, a: tf.Tensor) => tf.Tensor

const DRAWS: Readonly<Record<string, Own>> = {
  uniform: (k, a) => ops.mul(a, ops.drawUniform(k, [])) as tf.Tensor,
  gamma: (k, a) => ops.drawGamma(k, [300], a),
  logOdds: (k, a) => ops.drawLogOdds(k, [5], a, 2),
  poisson: (k, a) => ops.drawPoisson(k, [2, 3], a),
  binomial: (k, a) => ops.drawBinomial(k, [20], 30, ops.div(a, 4)),
  studentT: (k, a) => ops.drawStudentT(k, [2], a),
  categorical: (k, a) => ops.drawCategorical(k, [7], rowOf(a)),
  multinomial: (k, a) => ops.drawMultinomial(k, [2, 3], 9, rowOf(a)),
  keys: (k, a) => ops.drawGamma(ops.splitKey(k, 3)[1]!, [2], a),
}
const GIVEN = [0.3, 1, 2.5, 0.01, 3.9]

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  test.each(Object.entries(DRAWS))('%s draws', (_, own) => {
    const draw: DrawOf = (k, a) => {
      const keys = ops.isTensor(k)
        ? keysOf(k, GIVEN.length)
        : tf.tensor2d(wordsOf(k, GIVEN.length), [5, 2], 'int32')
      return batch(own, { axes: [0, 0] })(keys, a!)
    }
    expect(differences(draw, [{ data: GIVEN }], precision)).toEqual([])
  })
})

/** Keys folded from one by the numbers from 0 on. */
function keysOf(k: tf.Tensor, count: number): tf.Tensor {
  return ops.stack(Array.from({ length: count }, (_, i) => ops.foldInKey(k, i) as tf.Tensor)) as tf.Tensor
}

test('normal draws, as close as those with one key are', () => {
  const keys = Int32Array.from(wordsOf(key(2), 4))
  const f = compile(
    (k: tf.Tensor) => batch((own: tf.Tensor) => ops.drawNormal(own, [5]))(tf.reshape(k, [4, 2])),
    {
      engine: 'wasm',
    },
  )
  const each = compile((k: tf.Tensor) => ops.drawNormal(k, [5]), { engine: 'wasm' })
  tf.tidy(() => {
    const wanted = [0, 1, 2, 3].flatMap((i) => Array.from(each(keys.slice(2 * i, 2 * i + 2)).dataSync()))
    expect(Array.from(f(keys).dataSync())).toEqual(wanted)
  })
  expect(f.explain().called).toEqual([])
  expect(f.explain().pieces).toContainEqual({ kind: 'routine', operation: 'each drawNormal' })
})

test('in batches of batches, and of no elements', () => {
  const inner: Own = (k, a) => ops.drawGamma(k, [2], a)
  const draw = (keys: tf.Tensor, a: tf.Tensor) =>
    batch(batch(inner, { axes: [0, 0] }), { axes: [0, 0] })(
      tf.reshape(keys, [a.shape[0]!, a.shape[1]!, 2]),
      a,
    )
  const f = compile(draw, { engine: 'wasm' })
  const words = Int32Array.from(wordsOf(key(9), 6))
  tf.tidy(() => {
    const a = tf.tensor2d([1, 2, 3, 0.1, 0.2, 0.3], [2, 3])
    const wanted = draw(tf.tensor1d(words, 'int32'), a).dataSync()
    expect(Array.from(f(words, a).dataSync())).toEqual(Array.from(wanted))
    expect(f(new Int32Array(0), tf.zeros([2, 0])).shape).toEqual([2, 0, 2])
  })
  expect(f.explain().called).toEqual([])
})

test('in each step of a loop', () => {
  const keys = Int32Array.from(wordsOf(key(4), 3))
  const f = compile(
    (words: tf.Tensor) => {
      const ks = tf.reshape(words, [3, 2])
      const next = (x: tf.Tensor, { index }: { readonly index: tf.Tensor }) =>
        ops.add(x, batch((k: tf.Tensor) => ops.drawGamma(ops.foldInKey(k, index), [], 2))(ks)) as tf.Tensor
      return loop(next, { state: tf.zeros([3]), count: 4 }).state
    },
    { engine: 'wasm' },
  )
  tf.tidy(() => {
    const wanted = [0, 1, 2].map((i) => {
      const own = foldIn(key(4), i)
      return [0, 1, 2, 3].reduce(
        (sum, n) => Math.fround(sum + ops.drawGamma(foldIn(own, n), [], 2).dataSync()[0]!),
        0,
      )
    })
    const got = f(keys).dataSync()
    for (const [i, x] of wanted.entries()) expect(Math.abs(got[i]! - x)).toBeLessThan(1e-5)
  })
  expect(f.explain().called).toEqual([])
})

test('an element whose count int32 does not hold is told of, as by core', () => {
  const f = compile(
    (k: tf.Tensor, p: tf.Tensor) =>
      batch((own: tf.Tensor, x: tf.Tensor) => ops.drawGeometric(own, [2], x), { axes: [0, 0] })(
        tf.reshape(k, [2, 2]),
        p,
      ),
    { engine: 'wasm' },
  )
  const words = Int32Array.from(wordsOf(key(4), 2))
  expect(() => f(words, Float32Array.of(0.5, 1e-12))).toThrow(
    /geometric: draw \d of probs .* counts are int32/,
  )
  expect(() => f(words, Float32Array.of(0.5, 0.4)).dispose()).not.toThrow()
})
