import * as Plot from '@observablehq/plot'
import { ShapeError, type NdArray, type NumericArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { frame, headingHeight, headingWidth, type FrameOptions } from './frame.ts'
import { checkCounts, countImages, type GrayImages } from './grayImages.ts'
import { imageMarks, imageSources } from './imageMarks.ts'
import { FONT_SIZE, INK, MUTED, PADDING } from './theme.ts'

/** Images side by side. */
export interface ImageRow {
  /** What stands to their left; may be empty. */
  readonly label: string
  /** One image a row, its pixels row by row: shape [k, height · width]. */
  readonly images: NdArray<NumericArray>
}

/** How rows of images are laid out. */
export interface ImageRowsLayout extends Pick<FrameOptions, 'title' | 'subtitle'>, GrayImages {
  /** The width of an image as drawn, in pixels; 56, if not given. */
  readonly cellWidth?: number | undefined
  /** Between images, in pixels; 4, if not given. */
  readonly gap?: number | undefined
}

export interface ImageRowsOptions extends ImageRowsLayout {
  readonly rows: readonly ImageRow[]
  /** What stands above each column; where columns are too narrow for all, above every second or third. */
  readonly heads?: readonly string[] | undefined
  /** How many rows belong together, with more room between one such group and the next; all, if not given. */
  readonly group?: number | undefined
}

const GROUP_GAP = 16
const HEADS = 22

/**
 * Rows of grey images with a name each: what several models make of the same images, or the same model at several places. Values
 * outside `range`, by default [0, 1], are drawn as its nearer end.
 *
 * @throws ShapeError if there is no row, or the images of one are not of shape [k, height · width] with k ≥ 1, or `heads` are not
 *   as many as the longest row has images; DomainError for sizes that are not whole or too small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { imageRows, renderSvg } from '@variate/plot'
 *
 * const images = ndarray(Float32Array.of(0, 1, 1, 0, 1, 0, 0, 1), [2, 4])
 * const blurred = ndarray(new Float32Array(8).fill(0.5), [2, 4])
 * const rows = [{ label: 'data', images }, { label: 'model', images: blurred }]
 * const svg = await renderSvg(imageRows({ rows, height: 2, width: 2, heads: ['left', 'right'] }))
 * svg.match(/<image /g)?.length // => 4
 * ```
 */
export function imageRows(options: ImageRowsOptions): Figure {
  return rowsFigure(options, 'imageRows')
}

/** The same, for figures that are made of rows. */
export function rowsFigure(options: ImageRowsOptions, who: string): Figure {
  const { rows, height, width, heads, cellWidth = 56, gap = 4 } = options
  const columns = check(options, who)
  const group = options.group ?? rows.length
  const cellHeight = (cellWidth * height) / width
  const label = Math.max(...rows.map((row) => row.label.length))
  const left = PADDING + (label === 0 ? 0 : Math.ceil(0.6 * FONT_SIZE.text * label) + 12)
  const top = headingHeight(options) + (heads === undefined ? 0 : HEADS)
  const rowAt = (row: number): number => top + row * (cellHeight + gap) + Math.floor(row / group) * GROUP_GAP
  const columnAt = (column: number): number => left + column * (cellWidth + gap)
  const cells = rows.flatMap(({ images }, row) =>
    imageSources(images, options, cellWidth).map((src, column) => ({
      x: columnAt(column),
      y: rowAt(row),
      src,
    })),
  )
  const size = {
    width: Math.max(columnAt(columns) - gap + PADDING, headingWidth(options)),
    height: rowAt(rows.length - 1) + cellHeight + PADDING,
  }
  const { marks, ...rest } = frame(
    { title: options.title, subtitle: options.subtitle, ...size },
    { top, right: PADDING, bottom: PADDING, left },
  )
  const line = (text: string): string => text
  return {
    ...rest,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      ...marks,
      ...imageMarks(cells, cellWidth, cellHeight),
      Plot.text(
        rows.map((row) => row.label),
        {
          x: left - 10,
          y: (_: string, row: number) => rowAt(row) + cellHeight / 2,
          text: line,
          textAnchor: 'end',
          fill: INK,
          ariaDescription: 'rows',
        },
      ),
      Plot.text(headsWithRoom(heads ?? [], cellWidth + gap), {
        x: ({ column }) => columnAt(column) + cellWidth / 2,
        y: top - 10,
        text: 'head',
        fill: MUTED,
        ariaDescription: 'columns',
      }),
    ],
  }
}

/** The first, and every one after it that does not touch the one before. */
function headsWithRoom(heads: readonly string[], pixels: number): { head: string; column: number }[] {
  const longest = Math.max(0, ...heads.map((head) => head.length))
  const step = Math.max(1, Math.ceil((0.55 * FONT_SIZE.text * longest + 4) / pixels))
  return heads.map((head, column) => ({ head, column })).filter(({ column }) => column % step === 0)
}

function check(options: ImageRowsOptions, who: string): number {
  const { rows, heads, group = 1, cellWidth = 1, gap = 0 } = options
  checkCounts({ cellWidth, group }, 1, who)
  checkCounts({ gap }, 0, who)
  if (rows.length === 0) throw new ShapeError(`${who}: there must be a row of images`)
  const counts = rows.map(({ label, images }, row) =>
    countImages(images, options, who, label === '' ? `the images of row ${row}` : `the images of "${label}"`),
  )
  const columns = Math.max(...counts)
  if (heads !== undefined && heads.length !== columns)
    throw new ShapeError(`${who}: heads must be one text a column, ${columns}, got ${heads.length}`)
  return columns
}
