import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { latentManifold, type LatentManifoldOptions } from '../src/latentManifold.ts'
import { manifoldPoints } from '../src/manifoldPoints.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { readImages } from './readImages.ts'
import { readSvg } from './readSvg.ts'

/** Images of 1 × 2 that tell where they were decoded: whether z₁ and z₂ are above 0. */
const decoded = (n: number) => {
  const { data } = manifoldPoints(n)
  return ndarray(
    data.map((value) => (value > 1e-9 ? 1 : value < -1e-9 ? 0 : 0.6)),
    [n * n, 2],
  )
}
const size = { height: 1, width: 2 }

/** The numbers beside the axes, with their places. */
async function numbers(options: LatentManifoldOptions): Promise<{ text: string; x: number; y: number }[]> {
  const { all } = readSvg(await renderSvg(latentManifold(options)))
  return all('[aria-description="quantiles"] text').map((text) => {
    const [x, y] = text
      .getAttribute('transform')!
      .match(/-?[\d.]+/g)!
      .map(Number)
    return { text: text.textContent!, x: x!, y: y! }
  })
}

describe('latentManifold', () => {
  it('draws z₁ from left to right and z₂ from the bottom up, without gaps', async () => {
    const svg = await renderSvg(
      latentManifold({ images: decoded(3), ...size, cellWidth: 50, paper: 'black' }),
    )
    const [image, ...others] = readImages(svg, { height: 3, width: 6 })
    expect(others).toEqual([])
    expect([image!.width, image!.height]).toEqual([150, 75])
    const rows = [
      [0, 255, 153, 255, 255, 255],
      [0, 153, 153, 153, 255, 153],
      [0, 0, 153, 0, 255, 0],
    ]
    expect(image!.gray).toEqual(rows.flat())
  })

  it('writes each quantile beside its images', async () => {
    const options = { images: decoded(3), ...size, cellWidth: 80 }
    const [image] = readImages(await renderSvg(latentManifold(options)), { height: 3, width: 6 })
    const found = await numbers(options)
    // scipy: norm.ppf([1 / 6, 0.5, 5 / 6])
    expect(found.map(({ text }) => text)).toEqual(['−0.97', '0.00', '0.97', '−0.97', '0.00', '0.97'])
    for (const [i, { x }] of found.slice(0, 3).entries()) expect(x).toBeCloseTo(image!.x + 80 * i + 40, 0)
    for (const [i, { y }] of found.slice(3).entries()) expect(y).toBeCloseTo(image!.y + 100 - 40 * i, 0)
  })

  it.each([4, 10, 15, 20, 31])(
    'of %d images a side writes as many numbers as have room, as far from both ends',
    async (n) => {
      const found = await numbers({ images: decoded(n), height: 2, width: 1, cellWidth: 20 })
      const along = found.slice(0, found.length / 2)
      const gaps = along.slice(1).map(({ x }, i) => x - along[i]!.x)
      expect(Math.min(...gaps)).toBeGreaterThanOrEqual(42)
      expect(Math.max(...gaps)).toBeLessThanOrEqual(80)
      const texts = along.map(({ text }) => text.replace('−', ''))
      expect(texts).toEqual(texts.toReversed())
    },
  )

  it.each([1, 2])('of %d images a side without room for more writes one number', async (n) => {
    const found = await numbers({ images: decoded(n), height: 2, width: 1, cellWidth: 20 })
    expect(found).toHaveLength(2)
  })

  it('names the axes, by other names if there are', async () => {
    const texts = async (columns?: readonly [string, string]) =>
      readSvg(await renderSvg(latentManifold({ images: decoded(2), ...size, columns }))).texts()
    expect(await texts()).toEqual(expect.arrayContaining(['z₁', 'z₂']))
    expect(await texts(['slant', 'width'])).toEqual(expect.arrayContaining(['slant', 'width']))
  })

  it('refuses images that are no square, of another shape, or not finite', () => {
    const fails = (change: object, error: Error) =>
      expect(() => latentManifold({ images: decoded(2), ...size, ...change })).toThrow(error)
    fails(
      { images: ndarray(new Float64Array(6), [3, 2]) },
      new ShapeError('latentManifold: images must be n × n, as many as manifoldPoints(n) has, got 3'),
    )
    fails(
      { height: 2 },
      new ShapeError('latentManifold: images must have shape [k, 4] with k ≥ 1, got [4,2]'),
    )
    const bad = ndarray(new Float64Array(8), [4, 2])
    bad.data[5] = NaN
    fails(
      { images: bad },
      new DomainError('latentManifold: images must be finite, got NaN at image 2, pixel 1'),
    )
    fails({ cellWidth: 0 }, new DomainError('latentManifold: cellWidth must be a whole number ≥ 1, got 0'))
  })
})
