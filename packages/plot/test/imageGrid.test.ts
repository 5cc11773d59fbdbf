import { DomainError, ndarray, ShapeError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { imageGrid, type ImageGridOptions } from '../src/imageGrid.ts'
import { renderSvg } from '../src/renderSvg.ts'
import { readImages } from './readImages.ts'
import { readSvg } from './readSvg.ts'

const images = ndarray(Float32Array.of(0, 1, 0.5, 2, -1, 0.2, 1, 0.4), [2, 4])
const twoByTwo = { images, height: 2, width: 2 }

async function pixels(options: ImageGridOptions): Promise<readonly (readonly number[])[]> {
  const images = readImages(await renderSvg(imageGrid(options)), options)
  return images.map((image) => image.gray)
}

describe('imageGrid', () => {
  it('draws values from 0 to 1 as paper to ink, and values beyond as the nearer end', async () => {
    expect(await pixels(twoByTwo)).toEqual([
      [255, 0, 127, 0],
      [255, 204, 0, 153],
    ])
    expect(await pixels({ ...twoByTwo, paper: 'black' })).toEqual([
      [0, 255, 128, 255],
      [0, 51, 255, 102],
    ])
  })

  it('draws another range, or that of each image', async () => {
    expect(await pixels({ ...twoByTwo, range: [-1, 2], paper: 'black' })).toEqual([
      [85, 170, 128, 255],
      [0, 102, 170, 119],
    ])
    const each = await pixels({ ...twoByTwo, range: 'each', paper: 'black' })
    expect(each.map((image) => [Math.min(...image), Math.max(...image)])).toEqual([
      [0, 255],
      [0, 255],
    ])
  })

  it('draws constant images, bytes and images that are not square', async () => {
    const flat = ndarray(new Uint8Array(6).fill(7), [1, 6])
    expect(await pixels({ images: flat, height: 2, width: 3, range: 'each' })).toEqual([
      [255, 255, 255, 255, 255, 255],
    ])
    const { all } = readSvg(await renderSvg(imageGrid({ images: flat, height: 2, width: 3, cellWidth: 90 })))
    expect(all('image').map((image) => [image.getAttribute('width'), image.getAttribute('height')])).toEqual([
      ['90', '60'],
    ])
  })

  it('puts images in rows, none over another', async () => {
    const seven = ndarray(new Float32Array(28), [7, 4])
    const places = async (columns?: number) => {
      const { all } = readSvg(await renderSvg(imageGrid({ images: seven, height: 2, width: 2, columns })))
      return all('image').map((image) => [Number(image.getAttribute('x')), Number(image.getAttribute('y'))])
    }
    expect(new Set((await places()).map(([, y]) => y)).size).toBe(2)
    expect(new Set((await places(3)).map(([x]) => x)).size).toBe(3)
    expect(new Set((await places(3)).map(String)).size).toBe(7)
  })

  it('leaves as much room between images as it is told', async () => {
    const options = { ...twoByTwo, cellWidth: 40 }
    const [left, right] = readImages(await renderSvg(imageGrid({ ...options, gap: 3 })), options)
    expect(right!.x - left!.x).toBe(43)
    expect(() => imageGrid({ ...options, gap: -1 })).toThrow(
      new DomainError('imageGrid: gap must be a whole number ≥ 0, got -1'),
    )
  })

  it('writes labels under the images, in lines, escaped', async () => {
    const svg = await renderSvg(
      imageGrid({ ...twoByTwo, labels: ['<1> & 2', 'top\nlow'], title: 'A "title"' }),
    )
    const texts = readSvg(svg).texts()
    expect(texts).toContain('<1> & 2')
    expect(texts).toContain('A "title"')
    expect(svg).toContain('>top<')
    expect(svg).toContain('>low<')
  })

  it('refuses images of another shape, none at all, and labels of the wrong number', () => {
    const fails = (options: object, message: string) =>
      expect(() => imageGrid({ ...twoByTwo, ...options })).toThrow(new ShapeError(message))
    fails({ width: 3 }, 'imageGrid: images must have shape [k, 6] with k ≥ 1, got [2,4]')
    fails(
      { images: ndarray(new Float32Array(4)) },
      'imageGrid: images must have shape [k, 4] with k ≥ 1, got [4]',
    )
    fails(
      { images: ndarray(new Float32Array(0), [0, 4]) },
      'imageGrid: images must have shape [k, 4] with k ≥ 1, got [0,4]',
    )
    fails({ labels: ['one'] }, 'imageGrid: labels must be one text an image, 2, got 1')
  })

  it('refuses pixels that are not finite and sides that are not whole', () => {
    const bad = ndarray(Float32Array.of(0, 0, 0, 0, 0, Number.NaN, 0, 0), [2, 4])
    expect(() => imageGrid({ ...twoByTwo, images: bad })).toThrow('got NaN at image 1, pixel 1')
    expect(() => imageGrid({ ...twoByTwo, columns: 0 })).toThrow(DomainError)
    expect(() => imageGrid({ ...twoByTwo, height: 1.5 })).toThrow(DomainError)
  })
})
