import * as Plot from '@observablehq/plot'
import { ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { frame, headingHeight, headingWidth, type FrameOptions } from './frame.ts'
import { checkCounts, countImages, type GrayImages } from './grayImages.ts'
import { imageMarks, imageSources } from './imageMarks.ts'
import { FONT_SIZE, MUTED, PADDING } from './theme.ts'

export interface ImageGridOptions extends Pick<FrameOptions, 'title' | 'subtitle'>, GrayImages {
  /** One image a row, its pixels row by row: shape [k, height · width]. */
  readonly images: NdArray<NumericArray>
  /** What to write under each image; `\n` begins a new line. */
  readonly labels?: readonly string[] | undefined
  /** How many images stand side by side; by default up to five, more if there are more than twenty-five. */
  readonly columns?: number | undefined
  /** The width of an image as drawn, in pixels. */
  readonly cellWidth?: number | undefined
  /** Between images, in pixels; 12, if not given. */
  readonly gap?: number | undefined
}

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
  const { images, height, width, labels, cellWidth = 96, gap = 12 } = options
  const count = check(options)
  const columns = Math.min(count, options.columns ?? Math.max(5, Math.ceil(Math.sqrt(count))))
  const cellHeight = (cellWidth * height) / width
  const top = headingHeight(options)
  const lines = Math.max(0, ...(labels ?? []).map((label) => label.split('\n').length))
  const rowHeight = cellHeight + (lines === 0 ? 0 : lines * LINE_HEIGHT + 8) + gap
  const cells = imageSources(images, options, cellWidth).map((src, index) => ({
    x: PADDING + (index % columns) * (cellWidth + gap),
    y: top + Math.floor(index / columns) * rowHeight,
    src,
    label: labels?.[index] ?? '',
  }))

  const size = {
    width: Math.max(2 * PADDING + columns * (cellWidth + gap) - gap, headingWidth(options)),
    height: top + Math.ceil(count / columns) * rowHeight - gap + PADDING,
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
      ...imageMarks(cells, cellWidth, cellHeight),
      Plot.text(labels === undefined ? [] : cells, {
        x: ({ x }) => x + cellWidth / 2,
        y: ({ y }) => y + cellHeight + 6,
        text: 'label',
        lineAnchor: 'top',
        lineHeight: LINE_HEIGHT / FONT_SIZE.text,
        lineWidth: (cellWidth + gap - 4) / FONT_SIZE.text,
        textOverflow: 'ellipsis',
        fill: MUTED,
        ariaDescription: 'labels',
      }),
    ],
  }
}

function check(options: ImageGridOptions): number {
  const { images, labels, columns = 1, cellWidth = 1, gap = 0 } = options
  checkCounts({ columns, cellWidth }, 1, 'imageGrid')
  checkCounts({ gap }, 0, 'imageGrid')
  const count = countImages(images, options, 'imageGrid')
  if (labels !== undefined && labels.length !== count) {
    throw new ShapeError(`imageGrid: labels must be one text an image, ${count}, got ${labels.length}`)
  }
  return count
}
