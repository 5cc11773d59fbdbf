import * as Plot from '@observablehq/plot'
import { DomainError, ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { frame, headingHeight, headingWidth, type FrameOptions } from './frame.ts'
import { grayPng } from './grayPng.ts'
import { FONT_SIZE, GRID, MUTED, PADDING } from './theme.ts'

export interface ImageGridOptions extends Pick<FrameOptions, 'title' | 'subtitle'> {
  /** One image a row, its pixels row by row: shape [k, height · width]. */
  readonly images: NdArray<NumericArray>
  /** Rows of an image, in its own pixels. */
  readonly height: number
  /** Columns of an image, in its own pixels. */
  readonly width: number
  /** What to write under each image; `\n` begins a new line. */
  readonly labels?: readonly string[] | undefined
  /** How many images stand side by side; by default up to five, more if there are more than twenty-five. */
  readonly columns?: number | undefined
  /** The values drawn as paper and as ink; `'each'` takes the least and greatest of each image. */
  readonly range?: readonly [number, number] | 'each' | undefined
  /** The colour of the lower end of the range. */
  readonly paper?: 'white' | 'black' | undefined
  /** The width of an image as drawn, in pixels. */
  readonly cellWidth?: number | undefined
}

const GAP = 12
const LINE_HEIGHT = 16

/**
 * Grey images side by side: digits, or the means of a mixture fitted to them. Values outside `range`, by
 * default [0, 1], are drawn as its nearer end.
 *
 * @throws ShapeError if `images` is empty or not of shape [k, height · width], or `labels` is not one text
 * an image; DomainError for sides or columns that are not whole numbers ≥ 1, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { imageGrid, renderSvg } from '@variate/plot'
 *
 * const images = ndarray(Float32Array.of(0, 1, 1, 0, 1, 0, 0, 1), [2, 4])
 * const svg = await renderSvg(imageGrid({ images, height: 2, width: 2, labels: ['left', 'right'] }))
 * svg.match(/<image /g)?.length // => 2
 * ```
 */
export function imageGrid(options: ImageGridOptions): Figure {
  const { images, height, width, labels, range = [0, 1], paper = 'white', cellWidth = 96 } = options
  const count = checkImages(options)
  const columns = Math.min(count, options.columns ?? Math.max(5, Math.ceil(Math.sqrt(count))))
  const cellHeight = (cellWidth * height) / width
  const top = headingHeight(options)
  const lines = Math.max(0, ...(labels ?? []).map((label) => label.split('\n').length))
  const rowHeight = cellHeight + (lines === 0 ? 0 : lines * LINE_HEIGHT + 8) + GAP
  const scale = Math.ceil((2 * cellWidth) / width)
  const pixels = height * width
  const cells = Array.from({ length: count }, (_, index) => {
    const gray = toBytes(images.data.subarray(index * pixels, (index + 1) * pixels), range, paper)
    return {
      x: PADDING + (index % columns) * (cellWidth + GAP),
      y: top + Math.floor(index / columns) * rowHeight,
      src: grayPng(gray, height, width, scale),
      label: labels?.[index] ?? '',
    }
  })

  const size = {
    width: Math.max(2 * PADDING + columns * (cellWidth + GAP) - GAP, headingWidth(options)),
    height: top + Math.ceil(count / columns) * rowHeight - GAP + PADDING,
  }
  const { marks, ...rest } = frame(
    { title: options.title, subtitle: options.subtitle, ...size },
    { top, right: PADDING, bottom: PADDING, left: PADDING },
  )
  return {
    ...rest,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      ...marks,
      Plot.image(cells, {
        x: ({ x }) => x + cellWidth / 2,
        y: ({ y }) => y + cellHeight / 2,
        width: cellWidth,
        height: cellHeight,
        src: 'src',
        preserveAspectRatio: 'none',
        imageRendering: 'pixelated',
        ariaDescription: 'images',
      }),
      Plot.rect(cells, {
        x1: 'x',
        x2: ({ x }) => x + cellWidth,
        y1: 'y',
        y2: ({ y }) => y + cellHeight,
        stroke: GRID,
        fill: 'none',
      }),
      Plot.text(labels === undefined ? [] : cells, {
        x: ({ x }) => x + cellWidth / 2,
        y: ({ y }) => y + cellHeight + 6,
        text: 'label',
        lineAnchor: 'top',
        lineHeight: LINE_HEIGHT / FONT_SIZE.text,
        lineWidth: (cellWidth + GAP - 4) / FONT_SIZE.text,
        textOverflow: 'ellipsis',
        fill: MUTED,
        ariaDescription: 'labels',
      }),
    ],
  }
}

function checkImages({
  images,
  height,
  width,
  labels,
  columns = 1,
  cellWidth = 1,
}: ImageGridOptions): number {
  for (const [name, value] of Object.entries({ height, width, columns, cellWidth })) {
    if (!Number.isInteger(value) || value < 1) {
      throw new DomainError(`imageGrid: ${name} must be a whole number ≥ 1, got ${value}`)
    }
  }
  const count = images.shape[0] ?? 0
  if (images.rank !== 2 || images.shape[1] !== height * width || count === 0) {
    const wanted = `[k, ${height * width}] with k ≥ 1`
    throw new ShapeError(`imageGrid: images must have shape ${wanted}, got [${images.shape}]`)
  }
  if (labels !== undefined && labels.length !== count) {
    throw new ShapeError(`imageGrid: labels must be one text an image, ${count}, got ${labels.length}`)
  }
  const bad = images.data.findIndex((value: number) => !Number.isFinite(value))
  if (bad >= 0) {
    const place = `image ${Math.floor(bad / (height * width))}, pixel ${bad % (height * width)}`
    throw new DomainError(`imageGrid: images must be finite, got ${images.data[bad]} at ${place}`)
  }
  return count
}

function toBytes(
  values: NumericArray,
  range: readonly [number, number] | 'each',
  paper: 'white' | 'black',
): Uint8Array {
  const [low, high] = range === 'each' ? extent(values) : range
  const span = high - low || 1
  return Uint8Array.from(values, (value) => {
    const ink = Math.round(255 * Math.min(1, Math.max(0, (value - low) / span)))
    return paper === 'white' ? 255 - ink : ink
  })
}

function extent(values: NumericArray): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity]
  for (const value of values) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return [low, high]
}
