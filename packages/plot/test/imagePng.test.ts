import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { imagePng } from '../src/imagePng.ts'
import { grayOf } from './readImages.ts'

const images = ndarray(Float64Array.of(0, 0.2, 0.4, 0.6, 0.8, 1), [3, 2])
const options = { images, height: 1, width: 2 }

describe('imagePng', () => {
  it('puts images side by side, white between them and where there is none', () => {
    const png = imagePng({ ...options, columns: 2, gap: 1 })
    expect(Array.from(png.subarray(0, 8))).toEqual([137, 80, 78, 71, 13, 10, 26, 10]) // PNG (W3C 2003), 5.2
    const rows = [
      [255, 204, 255, 153, 102],
      [255, 255, 255, 255, 255],
      [51, 0, 255, 255, 255],
    ]
    expect(grayOf(png, { height: 3, width: 5 })).toEqual(rows.flat())
  })

  it('enlarges by whole pixels, and takes another range and paper', () => {
    const png = imagePng({ ...options, columns: 9, scale: 3, range: [0, 2], paper: 'black' })
    expect(grayOf(png, { height: 1, width: 6 })).toEqual([0, 26, 51, 77, 102, 128])
  })

  it('makes a square of images, as nearly as it can, if it is not told otherwise', () => {
    expect(grayOf(imagePng(options), { height: 2, width: 4 })).toHaveLength(8)
  })

  it('refuses images of another shape, none, pixels that are not finite, and sizes out of range', () => {
    const fails = (change: object, error: Error) =>
      expect(() => imagePng({ ...options, ...change })).toThrow(error)
    fails({ width: 3 }, new ShapeError('imagePng: images must have shape [k, 3] with k ≥ 1, got [3,2]'))
    fails(
      { images: ndarray(new Float64Array(0), [0, 2]) },
      new ShapeError('imagePng: images must have shape [k, 2] with k ≥ 1, got [0,2]'),
    )
    const bad = ndarray(Float64Array.of(0, 0, 0, Number.NaN), [2, 2])
    fails({ images: bad }, new DomainError('imagePng: images must be finite, got NaN at image 1, pixel 1'))
    fails({ scale: 0 }, new DomainError('imagePng: scale must be a whole number ≥ 1, got 0'))
    fails({ columns: 1.5 }, new DomainError('imagePng: columns must be a whole number ≥ 1, got 1.5'))
    fails({ gap: -1 }, new DomainError('imagePng: gap must be a whole number ≥ 0, got -1'))
  })
})
