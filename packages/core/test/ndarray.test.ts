import { describe, expect, expectTypeOf, it } from 'vitest'
import { type NdArray, ndarray, ShapeError } from '../src/index.ts'

const matrix = ndarray(Float64Array.of(1, 2, 3, 4, 5, 6), [2, 3])

describe('NdArray', () => {
  it('knows its shape, rank and size', () => {
    expect(matrix.shape).toEqual([2, 3])
    expect(matrix.rank).toBe(2)
    expect(matrix.size).toBe(6)
  })

  it('has one axis if no shape is given', () => {
    expect(ndarray(Int32Array.of(7, 8)).shape).toEqual([2])
  })

  it('keeps the data it was given, without a copy', () => {
    const data = new Float32Array(4)
    expect(ndarray(data, [2, 2]).data).toBe(data)
  })

  it('keeps a shape of its own, which cannot be changed', () => {
    const shape = [2, 3]
    const array = ndarray(new Float32Array(6), shape)
    shape[0] = 9
    expect(array.shape).toEqual([2, 3])
    expect(Object.isFrozen(array.shape)).toBe(true)
  })

  it('is row-major: the last axis runs fastest', () => {
    expect(matrix.at(0, 2)).toBe(3)
    expect(matrix.at(1, 0)).toBe(4)
    const cube = ndarray(
      Int32Array.from({ length: 24 }, (_, i) => i),
      [2, 3, 4],
    )
    expect(cube.at(1, 2, 3)).toBe(23)
    expect(cube.at(1, 0, 2)).toBe(14)
  })

  it('nests as deep as it has axes', () => {
    expect(matrix.toNested()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(ndarray(Uint8Array.of(1, 2, 3, 4), [2, 1, 2]).toNested()).toEqual([[[1, 2]], [[3, 4]]])
    expect(ndarray(Float32Array.of(5), []).toNested()).toBe(5)
    expect(ndarray(Float32Array.of(5), []).at()).toBe(5)
  })

  it('may be empty along any axis', () => {
    expect(ndarray(new Float64Array(0)).toNested()).toEqual([])
    expect(ndarray(new Float64Array(0), [2, 0]).toNested()).toEqual([[], []])
    expect(ndarray(new Float64Array(0), [0, 2]).toNested()).toEqual([])
  })

  it('writes its nested arrays as JSON', () => {
    expect(JSON.stringify({ matrix })).toBe('{"matrix":[[1,2,3],[4,5,6]]}')
  })

  it('has the typed array of its data in its type', () => {
    expectTypeOf(ndarray(Float32Array.of(1))).toExtend<NdArray<Float32Array>>()
    expectTypeOf(ndarray(Uint32Array.of(1)).data).toExtend<Uint32Array>()
  })

  it('refuses data that do not fill the shape', () => {
    expect(() => ndarray(new Float32Array(5), [2, 3])).toThrow(ShapeError)
    expect(() => ndarray(new Float32Array(5), [2, 3])).toThrow('ndarray: shape [2,3] holds 6 elements, got 5')
    expect(() => ndarray(new Float32Array(0), [])).toThrow('shape [] holds 1 elements, got 0')
  })

  it.each([[[-1]], [[1.5]], [[NaN]], [[Infinity]]])('refuses the shape %j', (shape) => {
    expect(() => ndarray(new Float32Array(1), shape)).toThrow(ShapeError)
    expect(() => ndarray(new Float32Array(1), shape)).toThrow('shape must be an array of whole numbers ≥ 0')
  })

  it.each([[[2, 0]], [[0, 3]], [[-1, 0]], [[0.5, 0]], [[NaN, 0]]])('refuses the index %j', (indices) => {
    expect(() => matrix.at(...indices)).toThrow(ShapeError)
    expect(() => matrix.at(...indices)).toThrow(`ndarray: index [${indices}] is outside shape [2,3]`)
  })

  it('refuses another number of indices than it has axes', () => {
    expect(() => matrix.at(1)).toThrow('ndarray: shape [2,3] takes 2 indices, got [1]')
    expect(() => matrix.at(1, 1, 1)).toThrow(ShapeError)
  })
})
