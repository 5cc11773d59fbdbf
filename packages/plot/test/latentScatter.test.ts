import { DomainError, key, random, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { categoryColor } from '../src/categoryColor.ts'
import { latentScatter, type LatentScatterOptions } from '../src/latentScatter.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { readSvg } from './readSvg.ts'

const z = [
  [0, 0],
  [2, 0],
  [0, 1],
  [2, 1],
]
const circles = async (options: LatentScatterOptions) =>
  readSvg(await renderSvg(latentScatter(options)))
    .all('circle')
    .map((circle) => ({
      x: Number(circle.getAttribute('cx')),
      y: Number(circle.getAttribute('cy')),
      fill: circle.getAttribute('fill') ?? circle.closest('[fill]')!.getAttribute('fill')!,
    }))

describe('latentScatter', () => {
  it.each([{}, { width: 700, height: 300 }, { width: 300, height: 700 }])(
    'draws units of the same length along both axes, z₂ upwards: %o',
    async (size) => {
      const [origin, right, up] = await circles({ z, ...size })
      expect(right!.y).toBeCloseTo(origin!.y, 6)
      expect(up!.x).toBeCloseTo(origin!.x, 6)
      expect(up!.y).toBeLessThan(origin!.y)
      expect((right!.x - origin!.x) / 2).toBeCloseTo(origin!.y - up!.y, 6)
    },
  )

  it('colours and names what each observation is', async () => {
    const labels = Int32Array.of(3, 9, 9, 3)
    expect((await circles({ z, labels })).map(({ fill }) => fill)).toEqual([3, 9, 9, 3].map(categoryColor))
    const texts = (svg: string) =>
      readSvg(svg)
        .all('[aria-description="groups"] text')
        .map((text) => text.textContent)
    expect(texts(await renderSvg(latentScatter({ z, labels })))).toEqual(['3', '9'])
    const words = ['cat', 'dog', 'cat', 'dog']
    expect(texts(await renderSvg(latentScatter({ z, labels: words })))).toEqual(['cat', 'dog'])
    expect(texts(await renderSvg(latentScatter({ z })))).toEqual([])
  })

  it('gives ten digits ten colours', async () => {
    const many = random.normal(key(0), [10, 2])
    const labels = Array.from({ length: 10 }, (_, digit) => digit)
    expect(new Set((await circles({ z: many, labels })).map(({ fill }) => fill)).size).toBe(10)
  })

  it('keeps the boxes of names apart where groups share a middle, and inside the picture', async () => {
    const labels = Array.from({ length: 12 }, (_, i) => `group ${i}`)
    const { all } = readSvg(await renderSvg(latentScatter({ z: labels.map(() => [1, 1]), labels })))
    const boxes = all('rect[rx]').map((rect) =>
      ['x', 'y', 'width', 'height'].map((name) => Number(rect.getAttribute(name))),
    )
    expect(boxes).toHaveLength(12)
    for (const [i, [x, y, width, height]] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const apart = Math.abs(x! - other[0]!) >= width! - 3 || Math.abs(y! - other[1]!) >= height! - 1
        expect(apart, `${i}`).toBe(true)
      }
      expect(Math.min(x!, y!)).toBeGreaterThan(0)
      expect(Math.max(x! + width!, y! + height!)).toBeLessThan(560)
    }
  })

  it('draws two of several dimensions, and names the axes by them', async () => {
    const wide = z.map(([a, b]) => [b!, 7, a!])
    const plain = await circles({ z })
    expect((await circles({ z: wide, dimensions: [2, 0] })).map(({ x }) => x)).toEqual(
      plain.map(({ x }) => x),
    )
    const texts = readSvg(await renderSvg(latentScatter({ z: wide, dimensions: [2, 0] }))).texts()
    expect(texts).toEqual(expect.arrayContaining(['z₃', 'z₁']))
    expect(readSvg(await renderSvg(latentScatter({ z, columns: ['slant', 'width'] }))).texts()).toEqual(
      expect.arrayContaining(['slant', 'width']),
    )
  })

  it('draws a single observation', async () => {
    expect(await circles({ z: [[5, -3]], labels: ['it'] })).toHaveLength(1)
  })

  it('refuses one column, other dimensions, labels of another number or not whole, and what is not finite', () => {
    const fails = (change: object, error: Error) =>
      expect(() => latentScatter({ z, ...change })).toThrow(error)
    fails(
      { z: [[1], [2]] },
      new ShapeError('latentScatter: z must have two columns or more, got shape [2,1]'),
    )
    fails({ z: [] }, new ShapeError('latentScatter: z is empty: it needs at least one row'))
    fails({ dimensions: [0, 2] }, new DomainError('latentScatter: dimensions must be among 0 … 1, got 2'))
    fails({ labels: [1] }, new ShapeError('latentScatter: labels must be one label a point, 4, got 1'))
    fails(
      { labels: [0, 1, 0.5, 1] },
      new DomainError('latentScatter: labels must be whole numbers or names, got 0.5 at [2]'),
    )
    fails(
      {
        z: [
          [1, 2],
          [NaN, 1],
        ],
      },
      new DomainError('latentScatter: z must be finite, got NaN at row 1, column 0'),
    )
  })
})
