import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { imageRows, type ImageRowsOptions } from '../src/imageRows.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { readImages } from './readImages.ts'
import { readSvg } from './readSvg.ts'

const size = { height: 1, width: 2 }
const three = { label: 'three', images: ndarray(Float32Array.of(0, 1, 1, 0, 1, 1), [3, 2]) }
const two = { label: 'two', images: ndarray(Uint8Array.of(1, 0, 0, 0), [2, 2]) }
const options: ImageRowsOptions = {
  ...size,
  rows: [three, two],
  heads: ['a', 'b', 'c'],
  title: 'Rows',
  cellWidth: 60,
}

describe('imageRows', () => {
  it('draws each row from left to right, all rows from the same place on', async () => {
    const images = readImages(await renderSvg(imageRows(options)), size)
    expect(images.map(({ gray }) => gray)).toEqual([
      [255, 0],
      [0, 255],
      [0, 0],
      [0, 255],
      [255, 255],
    ])
    const [first, second, third, fourth, fifth] = images
    expect([second!.x - first!.x, third!.x - second!.x, fifth!.x - fourth!.x]).toEqual([64, 64, 64])
    expect(fourth!.x).toBe(first!.x)
    expect(images.map(({ y }) => y - first!.y)).toEqual([0, 0, 0, 34, 34])
    expect(images.map(({ width, height }) => [width, height])).toEqual(images.map(() => [60, 30]))
  })

  it('names rows to their left and columns above them, within the picture', async () => {
    const svg = await renderSvg(imageRows({ ...options, rows: [{ ...three, label: '<a & b>' }, two] }))
    const { all, texts } = readSvg(svg)
    expect(texts()).toEqual(expect.arrayContaining(['Rows', '<a & b>', 'two', 'a', 'b', 'c']))
    const places = (description: string): number[][] =>
      all(`[aria-description="${description}"] text`).map((text) =>
        text
          .getAttribute('transform')!
          .match(/-?[\d.]+/g)!
          .map(Number),
      )
    const images = readImages(svg, size)
    for (const [row, [x, y]] of places('rows').entries()) {
      const beside = images[row === 0 ? 0 : 3]!
      expect(x).toBeLessThan(beside.x)
      expect(y).toBeCloseTo(beside.y + 15, 0)
    }
    for (const [column, [x, y]] of places('columns').entries()) {
      expect(x).toBeCloseTo(images[column]!.x + 30, 0)
      expect(y).toBeLessThan(images[column]!.y)
    }
  })

  it('leaves out heads that would touch each other', async () => {
    const heads = ['−1.25', '0', '1.25']
    const shown = async (cellWidth: number): Promise<(string | null)[]> => {
      const { all } = readSvg(await renderSvg(imageRows({ ...options, heads, cellWidth })))
      return all('[aria-description="columns"] text').map((text) => text.textContent)
    }
    expect(await shown(60)).toEqual(heads)
    expect(await shown(20)).toEqual(['−1.25', '1.25'])
    expect(await shown(4)).toEqual(['−1.25'])
  })

  it('leaves more room after each group of rows', async () => {
    const rows = [three, three, three, three]
    const tops = async (group?: number): Promise<number[]> => {
      const images = readImages(await renderSvg(imageRows({ ...options, rows, group })), size)
      return [3, 6, 9].map((i) => images[i]!.y - images[i - 3]!.y)
    }
    expect(new Set(await tops()).size).toBe(1)
    const [within, between, again] = await tops(2)
    expect(again).toBe(within)
    expect(between! - within!).toBeGreaterThan(8)
  })

  it('refuses no row, rows without images, of another shape or not finite, and heads of another number', () => {
    const fails = (change: Partial<ImageRowsOptions>, error: Error) =>
      expect(() => imageRows({ ...options, ...change })).toThrow(error)
    fails({ rows: [] }, new ShapeError('imageRows: there must be a row of images'))
    const none = { label: '', images: ndarray(new Float32Array(0), [0, 2]) }
    fails(
      { rows: [three, none] },
      new ShapeError('imageRows: the images of row 1 must have shape [k, 2] with k ≥ 1, got [0,2]'),
    )
    const bad = { label: 'bad', images: ndarray(Float32Array.of(0, 1, Infinity, 0), [2, 2]) }
    fails(
      { rows: [three, bad] },
      new DomainError('imageRows: the images of "bad" must be finite, got Infinity at image 1, pixel 0'),
    )
    fails({ heads: ['a'] }, new ShapeError('imageRows: heads must be one text a column, 3, got 1'))
    fails({ group: 0 }, new DomainError('imageRows: group must be a whole number ≥ 1, got 0'))
    fails({ cellWidth: 0 }, new DomainError('imageRows: cellWidth must be a whole number ≥ 1, got 0'))
  })
})
