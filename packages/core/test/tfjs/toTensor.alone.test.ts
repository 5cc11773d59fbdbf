// oxlint-disable-next-line import/no-unassigned-import -- it registers the backend
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { NdArray, ndarray, UnsupportedError } from '../../src/index.ts'
import { fromTensor, tensorflow, toTensor } from '../../src/tfjs/index.ts'

describe('tensorflow', () => {
  it('is the only copy of tfjs-core', () => {
    expect(tensorflow().Tensor).toBe(tf.Tensor)
  })
})

describe('toTensor', () => {
  it.each([
    { data: Float32Array.of(1.5, -2, 3, 0), dtype: 'float32' },
    { data: Float64Array.of(1.5, -2, 3, 0), dtype: 'float32' },
    { data: Int32Array.of(1, -2, 3, 0), dtype: 'int32' },
    { data: Uint8Array.of(1, 2, 255, 0), dtype: 'int32' },
  ])('makes a tensor of $dtype, which is all that stays', ({ data, dtype }) => {
    const before = tf.memory().numTensors
    const tensor = toTensor(ndarray(data, [2, 2]))
    expect(tensor.dtype).toBe(dtype)
    expect(tensor.shape).toEqual([2, 2])
    expect([...tensor.dataSync()]).toEqual([...data])
    expect(tf.memory().numTensors).toBe(before + 1)
    tensor.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('copies: later changes of the array are not seen', () => {
    const array = ndarray(Float32Array.of(1))
    const tensor = toTensor(array)
    array.data[0] = 9
    expect([...tensor.dataSync()]).toEqual([1])
    tensor.dispose()
  })

  it('makes scalars and empty tensors', () => {
    for (const shape of [[], [0], [2, 0]]) {
      const array = new NdArray(new Float32Array(shape.length === 0 ? 1 : 0), shape)
      const tensor = toTensor(array)
      expect(fromTensor(tensor)).toEqual(array)
      tensor.dispose()
    }
  })

  it('refuses uint32', () => {
    expect(() => toTensor(ndarray(Uint32Array.of(1)))).toThrow(UnsupportedError)
    expect(() => toTensor(ndarray(Uint32Array.of(1)))).toThrow('toTensor: TensorFlow.js has no uint32')
  })
})

describe('fromTensor', () => {
  it('gives float32, int32 and bool as plain data, and leaves the tensor as it is', () => {
    const tensors = [tf.tensor2d([[1.5, 2]]), tf.tensor1d([1, -2], 'int32'), tf.tensor1d([true, false])]
    const before = tf.memory().numTensors
    expect(tensors.map((tensor) => fromTensor(tensor))).toEqual([
      ndarray(Float32Array.of(1.5, 2), [1, 2]),
      ndarray(Int32Array.of(1, -2)),
      ndarray(Int32Array.of(1, 0)),
    ])
    expect(tf.memory().numTensors).toBe(before)
    tf.dispose(tensors)
  })

  it('copies: changes of the plain data do not reach the tensor', () => {
    const tensor = tf.tensor1d([1, 2])
    fromTensor(tensor).data[0] = 9
    expect([...tensor.dataSync()]).toEqual([1, 2])
    tensor.dispose()
  })

  it('refuses text and complex numbers', () => {
    const tensors = [tf.tensor1d(['a']), tf.complex([1], [2])]
    expect(() => fromTensor(tensors[0]!)).toThrow(
      'fromTensor: expected a tensor of float32, int32 or bool, got string',
    )
    expect(() => fromTensor(tensors[1]!)).toThrow('got complex64')
    tf.dispose(tensors)
  })

  it('refuses a tensor of another class, which instanceof does not tell', () => {
    const foreign = {
      dtype: 'float32',
      shape: [1],
      data: () => {},
      dataSync: () => [1],
      throwIfDisposed: () => {},
    }
    expect(foreign instanceof tf.Tensor).toBe(true)
    expect(() => fromTensor(foreign as unknown as tf.Tensor)).toThrow(UnsupportedError)
  })

  it('is float32 or int32 by its type', () => {
    expectTypeOf(fromTensor).returns.toEqualTypeOf<NdArray<Float32Array | Int32Array>>()
  })
})
