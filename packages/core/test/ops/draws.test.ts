import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { DomainError, foldIn, key, random, ShapeError, split } from '../../src/index.ts'
import * as ops from '../../src/ops/index.ts'

describe('draws as kernels', () => {
  it('of normals are those of the plain function, for a key as data and as a tensor', () => {
    const plain = random.normal(key(7), [2, 3])
    expect(ops.drawNormal(key(7), [2, 3]).arraySync()).toEqual(plain.toNested())
    expect(ops.drawNormal(ops.keyTensor(key(7)), [2, 3]).arraySync()).toEqual(plain.toNested())
  })

  it('take key tensors apart as plain keys are', () => {
    const whole = 2 ** 32 + 2 ** 31 + 5 // both words of the key, one beyond int32
    const [first, second] = ops.splitKey(ops.keyTensor(key(whole))) as readonly [tf.Tensor, tf.Tensor]
    const [a, b] = split(key(whole))
    expect([...first.dataSync()].map((word) => word >>> 0)).toEqual([...a])
    expect([...second.dataSync()].map((word) => word >>> 0)).toEqual([...b])
    expect(ops.splitKey(key(whole), 3)).toEqual(split(key(whole), 3))
    const folded = ops.foldInKey(ops.keyTensor(key(whole)), 9) as tf.Tensor
    expect([...folded.dataSync()].map((word) => word >>> 0)).toEqual([...foldIn(key(whole), 9)])
    expect(ops.foldInKey(key(whole), 9)).toEqual(foldIn(key(whole), 9))
  })

  it('of uniforms lie inside (0, 1)', () => {
    const draws = ops.drawUniform(key(0), [100_000]).dataSync()
    expect(Math.min(...draws.slice(0, 5000))).toBeGreaterThan(0)
    expect(draws.every((u) => u > 0 && u < 1)).toBe(true)
  })

  it('broadcast their parameters, or say that they cannot', () => {
    const draws = ops.drawPoisson(key(0), [2, 3], tf.tensor1d([0, 5, 1e6])).arraySync() as number[][]
    expect(draws.map(([first]) => first)).toEqual([0, 0])
    expect(draws.every((row) => row[2]! > 9e5)).toBe(true)
    expect(() => ops.drawPoisson(key(0), [2], tf.ones([3]))).toThrow(ShapeError)
    expect(() => ops.drawPoisson(key(0), [2], tf.ones([1, 2]))).toThrow(
      'drawPoisson: draws of shape [2] cannot hold parameters of shape [1,2]',
    )
  })

  it('refuse what is no key', () => {
    expect(() => ops.drawNormal(3 as never, [2])).toThrow(DomainError)
    expect(() => ops.drawNormal(tf.tensor1d([1, 2]), [2])).toThrow(ShapeError)
  })
})
