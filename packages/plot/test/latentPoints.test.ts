import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { interpolationPoints } from '../src/interpolationPoints.ts'
import { manifoldPoints } from '../src/manifoldPoints.ts'
import { traversalPoints } from '../src/traversalPoints.ts'

describe('manifoldPoints', () => {
  it('are quantiles of the standard normal, read from the upper left', () => {
    // scipy 1.17.1: norm.ppf([0.1, 0.3, 0.5, 0.7, 0.9])
    const quantiles = [-1.2815515655446004, -0.5244005127080409, 0, 0.5244005127080407, 1.2815515655446004]
    const { shape, data } = manifoldPoints(5)
    expect(shape).toEqual([25, 2])
    for (let row = 0; row < 5; row++) {
      for (let column = 0; column < 5; column++) {
        const at = 2 * (5 * row + column)
        expect(data[at]).toBeCloseTo(quantiles[column]!, 13)
        expect(data[at + 1]).toBeCloseTo(quantiles[4 - row]!, 13)
      }
    }
  })

  it('refuses a side that is not a whole number ≥ 1', () => {
    expect(() => manifoldPoints(0)).toThrow(
      new DomainError('manifoldPoints: n must be a whole number ≥ 1, got 0'),
    )
    expect(() => manifoldPoints(2.5)).toThrow(DomainError)
  })
})

describe('traversalPoints', () => {
  it('change one dimension at a time, of those that were chosen', () => {
    const z = ndarray(Float32Array.of(0.5, -0.25, 2))
    expect(traversalPoints(z, { values: [7, 8], dimensions: [2, 0] }).toNested()).toEqual([
      [0.5, -0.25, 7],
      [0.5, -0.25, 8],
      [7, -0.25, 2],
      [8, -0.25, 2],
    ])
    expect(z.data).toEqual(Float32Array.of(0.5, -0.25, 2))
    expect(traversalPoints([0, 0]).shape).toEqual([14, 2])
  })

  it('refuse dimensions that there are not, and numbers that are not finite', () => {
    const fails = (options: object, message: string) =>
      expect(() => traversalPoints([1, 2], options)).toThrow(new DomainError(`traversalPoints: ${message}`))
    fails({ dimensions: [0, 2] }, 'dimensions must be among 0 … 1, got 2')
    fails({ dimensions: [0.5] }, 'dimensions must be among 0 … 1, got 0.5')
    fails({ dimensions: [] }, 'dimensions must be among 0 … 1, got none')
    fails({ values: [] }, 'values must be finite, got none')
    fails({ values: [1, Infinity] }, 'values must be finite, got Infinity at [1]')
    expect(() => traversalPoints([Number.NaN])).toThrow(
      new DomainError('traversalPoints: z must be finite, got NaN at [0]'),
    )
  })
})

describe('interpolationPoints', () => {
  const [from, to] = [
    [
      [3, 0, 0],
      [1, 1, 1],
    ],
    [
      [0, 3, 0],
      [-2, 4, 0],
    ],
  ]

  it('go straight from end to end in equal steps', () => {
    const { shape, data } = interpolationPoints(from, to, { steps: 4 })
    expect(shape).toEqual([8, 3])
    const expected = [3, 0, 0, 2, 1, 0, 1, 2, 0, 0, 3, 0, 1, 1, 1, 0, 2, 2 / 3, -1, 3, 1 / 3, -2, 4, 0]
    for (const [i, value] of expected.entries()) expect(data[i]).toBeCloseTo(value, 12)
  })

  it('go along a great circle by equal angles, between ends of the same length', () => {
    const { data } = interpolationPoints([[3, 0, 0]], [[0, 3, 0]], { steps: 7, path: 'spherical' })
    for (let step = 0; step < 7; step++) {
      const angle = (step * Math.PI) / 12
      for (const [j, value] of [3 * Math.cos(angle), 3 * Math.sin(angle), 0].entries())
        expect(data[3 * step + j]).toBeCloseTo(value, 12)
    }
  })

  it('go straight where there is no great circle, or none of its own', () => {
    for (const end of [
      [4, 0],
      [0, 0],
      [-2, 0],
    ]) {
      const { data } = interpolationPoints([[2, 0]], [end], { steps: 3, path: 'spherical' })
      expect(Array.from(data)).toEqual([2, 0, (2 + end[0]!) / 2, 0, ...end])
    }
  })

  it('refuse ends of other shapes, a single step, and a path that there is not', () => {
    expect(() =>
      interpolationPoints(
        [[1, 2]],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toThrow(
      new ShapeError('interpolationPoints: from and to must have the same shape, got [1,2] and [2,2]'),
    )
    expect(() => interpolationPoints([[1]], [[Number.NaN]])).toThrow('to must be finite, got NaN at row 0')
    expect(() => interpolationPoints(from, to, { steps: 1 })).toThrow(
      'steps must be a whole number ≥ 2, got 1',
    )
    expect(() => interpolationPoints(from, to, { path: 'curved' as 'linear' })).toThrow(
      new DomainError("interpolationPoints: path must be 'linear' or 'spherical', got curved"),
    )
  })
})
