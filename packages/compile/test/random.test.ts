import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { foldIn, key, random, split, type Key } from '@variate/core'
import * as ops from '@variate/core/ops'
import { compile } from '../src/index.ts'

const KEYS = [key(0), key(1), key(2 ** 52 - 3), foldIn(key(7), 2 ** 32 - 1)]
const tensorOf = (k: Key) => Int32Array.from(k)
const words = (data: ArrayLike<number>) => Array.from(data, (word) => word >>> 0)

describe.each(['float32', 'float64'] as const)('compiled in %s', (precision) => {
  const numbers = (x: unknown): readonly number[] =>
    Array.from(x instanceof tf.Tensor ? x.dataSync() : (x as { data: Float64Array }).data)

  test('keys are those of @variate/core, bit for bit', () => {
    const f = compile(
      (k: tf.Tensor, i: tf.Tensor) => [
        ops.foldInKey(k, i) as tf.Tensor,
        ...(ops.splitKey(k, 5) as tf.Tensor[]),
        ops.keyTensor(key(3)),
      ],
      { precision },
    )
    for (const k of KEYS) {
      for (const i of [0, 1, 77, 2 ** 31 - 1]) {
        const [folded, ...rest] = f(tensorOf(k), Int32Array.of(i).subarray(0, 1)).map(numbers)
        expect(words(folded!)).toEqual([...foldIn(k, i)])
        expect(rest.map(words)).toEqual([...split(k, 5), key(3)].map((x) => [...x]))
      }
    }
    expect(f.explain().called).toEqual([])
  })

  test.each([0, 1, 2, 3, 4, 5, 7, 10, 16, 17, 18, 19, 20, 1001])(
    '%i draws are those of eager ops',
    (count) => {
      const f = compile(
        (k: tf.Tensor) => [
          ops.drawNormal(k, [count]),
          ops.drawUniform(k, [count]),
          ops.drawNormal(key(5), [count]),
        ],
        { precision },
      )
      for (const k of KEYS) {
        const [normals, uniforms, plain] = f(tensorOf(k)).map(numbers)
        const drawn = random.normal(k, [count]).data
        drawn.forEach((x, i) =>
          expect(Math.abs(normals![i]! - x)).toBeLessThan(1.5e-6 * Math.max(1, Math.abs(x))),
        )
        random.normal(key(5), [count]).data.forEach((x, i) => {
          expect(Math.abs(plain![i]! - x)).toBeLessThan(1.5e-6 * Math.max(1, Math.abs(x)))
        })
        const eager = ops.drawUniform(k, [count]).dataSync()
        expect(uniforms!.map(Math.fround)).toEqual(Array.from(eager))
      }
      expect(f.explain().called).toEqual([])
    },
  )
})
