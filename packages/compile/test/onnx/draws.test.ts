import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { foldIn, key, random, split } from '@variate/core'
import {
  drawCategorical,
  drawGamma,
  drawGumbel,
  drawNormal,
  drawRandint,
  drawSkewNormal,
  drawUniform,
  foldInKey,
  splitKey,
  stack,
} from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { modelOf } from '../../src/onnx/modelOf.ts'
import { unsupported } from '../../src/onnx/unsupported.ts'
import { whole } from './numbers.ts'
import { apart, expectedOf, programOf, ran } from './ran.ts'

const SEEDS = [0, 42, 2 ** 40 + 12345] as const
const wordsOf = (seed: number) => whole([2], ...key(seed).map((word) => word | 0))

describe('keys are those of core, bit for bit', () => {
  test.each(SEEDS)('of seed %d', async (seed) => {
    const f = (own: tf.Tensor, data: tf.Tensor) => [
      foldInKey(own, data),
      stack(splitKey(own, 5) as tf.Tensor[]),
    ]
    for (const number of [0, 7, -3]) {
      const [folded, keys] = await ran(f, [wordsOf(seed), whole([], number)], 'float32')
      expect([...(folded!.data as Int32Array)]).toEqual(foldIn(key(seed), number >>> 0).map((x) => x | 0))
      expect([...(keys!.data as Int32Array)]).toEqual(split(key(seed), 5).flat().map((x) => x | 0)) // prettier-ignore
    }
  })
})

describe('draws are those of core', () => {
  test.each(SEEDS)('normals of seed %d as random.normal has them', async (seed) => {
    const [got] = await ran((own) => drawNormal(own, [100, 7]), [wordsOf(seed)], 'float32')
    const expected = random.normal(key(seed), [100, 7])
    expect(apart(got!, { data: expected.data, shape: [100, 7], dtype: 'float32' }, 2e-7)).toBeUndefined()
  })

  test.each([
    ['uniform', drawUniform, 0],
    ['Gumbel', drawGumbel, 1e-6],
    ['normal', drawNormal, 1e-6],
  ] as const)('%s', async (_, draw, tolerance) => {
    for (const precision of ['float32', 'float64'] as const) {
      const f = (own: tf.Tensor) => draw(own, [1000])
      const given = [wordsOf(5)]
      const [got] = await ran(f, given, precision)
      expect(apart(got!, expectedOf(f, given, precision)[0]!, tolerance)).toBeUndefined()
    }
  })

  test.each([
    ['whole numbers', (own: tf.Tensor) => drawRandint(own, [500], -3, 12)],
    ['all whole numbers', (own: tf.Tensor) => drawRandint(own, [500], -(2 ** 31), 2 ** 31)],
    ['categories of one row', (own: tf.Tensor) => drawCategorical(own, [500], tf.tensor([0, 0.2, 3, 0, 1]))],
    [
      'categories of rows',
      (own: tf.Tensor) => drawCategorical(own, [100, 2], tf.tensor([1, 0, 2, 0.1, 0.2, 0.3], [2, 3])),
    ],
  ] as const)('%s, all the same', async (_, f) => {
    const [got] = await ran(f, [wordsOf(11)], 'float32')
    expect(apart(got!, expectedOf(f, [wordsOf(11)], 'float32')[0]!, 0)).toBeUndefined()
  })

  test('skew normals', async () => {
    for (const alpha of [-3, 0, 1e200]) {
      const f = (own: tf.Tensor) => drawSkewNormal(own, [200], alpha)
      const [got] = await ran(f, [wordsOf(3)], 'float64')
      expect(apart(got!, expectedOf(f, [wordsOf(3)], 'float64')[0]!, 1e-5, 1)).toBeUndefined()
    }
  })

  test('models hold no counters, however many draws there are', () => {
    const sizeFor = (count: number): number => {
      const { bytes } = modelOf(
        programOf((own: tf.Tensor) => drawNormal(own, [count]), [wordsOf(1)], 'float32'),
      )
      return bytes.length
    }
    expect(sizeFor(1_000_000)).toBeLessThan(sizeFor(100) + 100)
  })

  test('those that take attempts are refused', () => {
    const f = (own: tf.Tensor) => drawGamma(own, [3], 2)
    const refused = unsupported(programOf(f, [wordsOf(1)], 'float32').nodes)
    expect(refused.map(({ node }) => node.op)).toEqual(['drawGamma'])
  })

  test('with a key that is constant, and of none', async () => {
    const f = () => [drawUniform(key(3), [4]), drawNormal(key(3), [0, 2])]
    const [units, none] = await ran(f, [], 'float32')
    expect(apart(units!, expectedOf(f, [], 'float32')[0]!, 0)).toBeUndefined()
    expect(none!.shape).toEqual([0, 2])
  })
})
