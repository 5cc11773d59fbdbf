// oxlint-disable-next-line import/no-unassigned-import -- it registers the backend
import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import {
  DomainError,
  type MatrixLike,
  ndarray,
  ShapeError,
  toMatrix,
  toVector,
  type VectorLike,
} from '../src/index.ts'

const WHO = 'fit: x'
const EXPECTED = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [3, 2])

describe('toMatrix', () => {
  it.each<{ what: string; x: MatrixLike }>([
    {
      what: 'nested arrays',
      x: [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    },
    { what: 'rows of typed arrays', x: [Float32Array.of(1, 2), Int32Array.of(3, 4), [5, 6]] },
    { what: 'float32 data', x: ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [3, 2]) },
    { what: 'uint8 data', x: ndarray(Uint8Array.of(1, 2, 3, 4, 5, 6), [3, 2]) },
  ])('reads $what as float64', ({ x }) => {
    expect(toMatrix(x, WHO)).toEqual(EXPECTED)
  })

  it('uses float64 data as they are', () => {
    expect(toMatrix(EXPECTED, WHO).data).toBe(EXPECTED.data)
  })

  it('reads a tensor, and leaves it and no other behind', () => {
    const before = tf.memory().numTensors
    const tensors = [
      tf.tensor2d([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
      tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2], 'int32'),
    ]
    for (const tensor of tensors) expect(toMatrix(tensor, WHO)).toEqual(EXPECTED)
    expect(tf.memory().numTensors).toBe(before + 2)
    tf.dispose(tensors)
  })

  it.each<{ x: unknown; message: string }>([
    {
      x: [
        [1, 2],
        [3, NaN],
      ],
      message: 'fit: x must be finite, got NaN at row 1, column 1',
    },
    {
      x: [
        [1, 2],
        [Infinity, 4],
      ],
      message: 'fit: x must be finite, got Infinity at row 1, column 0',
    },
    {
      x: [
        [1, -Infinity],
        [3, 4],
      ],
      message: 'fit: x must be finite, got -Infinity at row 0, column 1',
    },
    { x: ndarray(Float64Array.of(1, 2, 3, NaN), [2, 2]), message: 'got NaN at row 1, column 1' },
    { x: ndarray(Float32Array.of(1, 2, NaN, 4), [2, 2]), message: 'got NaN at row 1, column 0' },
    {
      x: [
        [1, 2],
        [null, 4],
      ],
      message: 'fit: x must hold numbers, got null at row 1, column 0',
    },
    {
      x: [
        [1, '2'],
        [3, 4],
      ],
      message: 'fit: x must hold numbers, got "2" at row 0, column 1',
    },
    { x: [[1, undefined]], message: 'fit: x must hold numbers, got undefined at row 0, column 1' },
  ])('refuses with a DomainError: $message', ({ x, message }) => {
    expect(() => toMatrix(x as MatrixLike, WHO)).toThrow(DomainError)
    expect(() => toMatrix(x as MatrixLike, WHO)).toThrow(message)
  })

  it('refuses a tensor with NaN, by row and column', () => {
    const tensor = tf.tensor2d([
      [1, 2],
      [3, NaN],
    ])
    expect(() => toMatrix(tensor, WHO)).toThrow('fit: x must be finite, got NaN at row 1, column 1')
    tensor.dispose()
  })

  it.each<{ x: unknown; message: string }>([
    { x: [[1, 2], [3]], message: 'fit: x has ragged rows: row 0 has 2 columns, row 1 has 1' },
    { x: [[1], [2, 3]], message: 'fit: x has ragged rows: row 0 has 1 columns, row 1 has 2' },
    { x: [[1], null], message: 'fit: x has ragged rows: row 1 is null' },
    { x: [], message: 'fit: x is empty: it needs at least one row' },
    { x: [[], []], message: 'fit: x is empty, shape [2,0]' },
    { x: ndarray(new Float64Array(0), [0, 2]), message: 'fit: x is empty, shape [0,2]' },
    {
      x: [1, 2, 3],
      message: 'fit: x must have two axes, [observations, variables]: wrap each number, [[1], [2]]',
    },
    {
      x: ndarray(Float64Array.of(1, 2)),
      message: 'must have two axes, [observations, variables], got shape [2]',
    },
    { x: ndarray(new Float64Array(8), [2, 2, 2]), message: 'got shape [2,2,2]' },
  ])('refuses with a ShapeError: $message', ({ x, message }) => {
    expect(() => toMatrix(x as MatrixLike, WHO)).toThrow(ShapeError)
    expect(() => toMatrix(x as MatrixLike, WHO)).toThrow(message)
  })

  it('refuses a tensor that has not two axes', () => {
    const tensor = tf.tensor1d([1, 2])
    expect(() => toMatrix(tensor, WHO)).toThrow(
      'fit: x must have two axes, [observations, variables], got shape [2]',
    )
    tensor.dispose()
  })
})

describe('toVector', () => {
  it.each<{ what: string; x: VectorLike }>([
    { what: 'an array', x: [1, 2, 3] },
    { what: 'a typed array', x: Int32Array.of(1, 2, 3) },
    { what: 'plain data', x: ndarray(Float32Array.of(1, 2, 3)) },
  ])('reads $what as float64', ({ x }) => {
    expect(toVector(x, 3, 'fit: weights')).toEqual(Float64Array.of(1, 2, 3))
  })

  it('reads a tensor', () => {
    const tensor = tf.tensor1d([1, 2, 3])
    expect(toVector(tensor, 3, 'fit: weights')).toEqual(Float64Array.of(1, 2, 3))
    tensor.dispose()
  })

  it('refuses another length, another rank, and what is not finite', () => {
    expect(() => toVector([1, 2], 3, 'fit: weights')).toThrow(ShapeError)
    expect(() => toVector([1, 2], 3, 'fit: weights')).toThrow('fit: weights must have length 3, got 2')
    expect(() => toVector(EXPECTED, 6, 'fit: weights')).toThrow(
      'fit: weights must have one axis, got shape [3,2]',
    )
    expect(() => toVector([1, NaN, 3], 3, 'fit: weights')).toThrow(DomainError)
    const withNull = [1, null, 3] as unknown as number[]
    expect(() => toVector(withNull, 3, 'fit: weights')).toThrow(
      'fit: weights must hold numbers, got null at [1]',
    )
    expect(() => toVector([1, NaN, 3], 3, 'fit: weights')).toThrow(
      'fit: weights must be finite, got NaN at [1]',
    )
  })
})
