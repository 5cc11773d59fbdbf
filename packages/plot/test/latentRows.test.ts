import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { interpolations } from '../src/interpolations.ts'
import { reconstructions } from '../src/reconstructions.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { traversals } from '../src/traversals.ts'
import type { Figure } from '../src/draw.ts'
import { readImages } from './readImages.ts'
import { readSvg } from './readSvg.ts'

const size = { height: 1, width: 1 }
/** Images of a single pixel: 0, 1, 2, … of 255. */
const counted = (count: number, from = 0) =>
  ndarray(
    Float64Array.from({ length: count }, (_, i) => (from + i) / 255),
    [count, 1],
  )
const black = { ...size, paper: 'black' } as const

/** The images of a figure as its reader sees them: rows from the top, each from the left. */
async function seen(figure: Figure): Promise<number[][]> {
  const images = readImages(await renderSvg(figure), size).toSorted((a, b) => a.y - b.y || a.x - b.x)
  const tops = [...new Set(images.map(({ y }) => y))]
  return tops.map((top) => images.filter(({ y }) => y === top).map(({ gray }) => gray[0]!))
}

const textsOf = async (figure: Figure, description: string): Promise<string[]> =>
  readSvg(await renderSvg(figure))
    .all(`[aria-description="${description}"] text`)
    .map((text) => text.textContent!)

describe('reconstructions', () => {
  it('puts each under its original, in as many rows as it takes', async () => {
    const figure = reconstructions({
      originals: counted(5),
      reconstructed: counted(5, 100),
      columns: 3,
      ...black,
    })
    expect(await seen(figure)).toEqual([
      [0, 1, 2],
      [100, 101, 102],
      [3, 4],
      [103, 104],
    ])
    expect(await textsOf(figure, 'rows')).toEqual([
      'original',
      'reconstruction',
      'original',
      'reconstruction',
    ])
  })

  it('refuses other numbers of them, other shapes, and what is not finite, telling which', () => {
    const fails = (change: object, error: Error) =>
      expect(() =>
        reconstructions({ originals: counted(2), reconstructed: counted(2), ...size, ...change }),
      ).toThrow(error)
    fails(
      { reconstructed: counted(3) },
      new ShapeError(
        'reconstructions: there must be as many originals as reconstructed, got shapes [2,1] and [3,1]',
      ),
    )
    fails(
      { originals: counted(0) },
      new ShapeError('reconstructions: originals must have shape [k, 1] with k ≥ 1, got [0,1]'),
    )
    fails(
      { reconstructed: ndarray(Float64Array.of(0, NaN), [2, 1]) },
      new DomainError('reconstructions: reconstructed must be finite, got NaN at image 1, pixel 0'),
    )
    fails({ columns: 0 }, new DomainError('reconstructions: columns must be a whole number ≥ 1, got 0'))
  })
})

describe('traversals', () => {
  const values = [-1.5, 0, 2]

  it('has a row for each dimension, and the values above', async () => {
    const figure = traversals({ images: counted(6), values, ...black })
    expect(await seen(figure)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ])
    expect(await textsOf(figure, 'rows')).toEqual(['z₁', 'z₂'])
    expect(await textsOf(figure, 'columns')).toEqual(['−1.5', '0', '2'])
  })

  it('numbers dimensions beyond nine, and takes names of one’s own', async () => {
    const rows = await textsOf(traversals({ images: counted(12), values: [1], ...size }), 'rows')
    expect(rows.slice(8)).toEqual(['z₉', 'z₁₀', 'z₁₁', 'z₁₂'])
    expect(
      await textsOf(traversals({ images: counted(3), values, labels: ['slant'], ...size }), 'rows'),
    ).toEqual(['slant'])
  })

  it('refuses images that are not one a value, labels of another number, and values that are not finite', () => {
    const fails = (change: object, error: Error) =>
      expect(() => traversals({ images: counted(6), values, ...size, ...change })).toThrow(error)
    fails(
      { images: counted(4) },
      new ShapeError('traversals: images must be 3 a dimension, one a value, got 4'),
    )
    fails({ values: [] }, new ShapeError('traversals: images must be 0 a dimension, one a value, got 6'))
    fails({ labels: ['a'] }, new ShapeError('traversals: labels must be one text a row, 2, got 1'))
    fails({ values: [0, NaN, 1] }, new DomainError('traversals: values must be finite, got NaN at [1]'))
  })
})

describe('interpolations', () => {
  it('has a row for each pair, and the share of the way above', async () => {
    const figure = interpolations({ images: counted(10), steps: 5, ...black })
    expect(await seen(figure)).toEqual([
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ])
    expect(await textsOf(figure, 'columns')).toEqual(['0 %', '25 %', '50 %', '75 %', '100 %'])
  })

  it('refuses images that are not one a step, one step, and labels of another number', () => {
    const fails = (change: object, error: Error) =>
      expect(() => interpolations({ images: counted(6), steps: 3, ...size, ...change })).toThrow(error)
    fails({ steps: 4 }, new ShapeError('interpolations: images must be 4 a pair, one a step, got 6'))
    fails({ steps: 1 }, new DomainError('interpolations: steps must be a whole number ≥ 2, got 1'))
    fails({ labels: ['a'] }, new ShapeError('interpolations: labels must be one text a row, 2, got 1'))
  })
})
