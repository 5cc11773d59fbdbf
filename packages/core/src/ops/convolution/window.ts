import { DomainError, ShapeError } from '../../errors.ts'
import { shown } from '../../shown.ts'

/** A number for rows and columns alike, or one for each. */
export type Pair = number | readonly [rows: number, columns: number]

/**
 * What is put around images: `'valid'`, nothing; `'same'`, as many zeros as make the result as long as the image, divided by the
 * strides and rounded up, what is odd behind it; so many rows and columns on each side; or how many
 * `[[top, bottom], [left, right]]`.
 */
export type Padding = 'same' | 'valid' | number | readonly [rows: Ends, columns: Ends]
type Ends = readonly [before: number, after: number]

export interface ConvolutionOptions {
  /** How far the filter moves from one pixel of the result to the next; 1 if not given. */
  readonly strides?: Pair
  /** `'valid'` if not given. */
  readonly padding?: Padding
  /** How far apart in the image neighbours of the filter are; 1 if not given. */
  readonly dilations?: Pair
}

/** How a filter moves over images, as kernels of TensorFlow.js are told; of rows and columns in this order. */
export interface Window {
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  readonly pad: readonly [Ends, rows: Ends, columns: Ends, Ends]
  readonly dataFormat: 'NHWC'
}

const NONE: Ends = [0, 0]

/**
 * What options say of images [height, width] and a filter of such a size.
 *
 * @throws DomainError for what is no stride, dilation or padding.
 */
export function windowOf(
  who: string,
  image: readonly number[],
  filter: readonly number[],
  { strides = 1, padding = 'valid', dilations = 1 }: ConvolutionOptions,
): Window {
  const apart = pairOf(`${who}: strides`, strides)
  const between = pairOf(`${who}: dilations`, dilations)
  const [rows, columns] = endsOf(who, padding, (i) => {
    const out = Math.ceil(image[i]! / apart[i]!)
    return Math.max(0, (out - 1) * apart[i]! + spanOf(filter[i]!, between[i]!) - image[i]!)
  })
  return { strides: apart, dilations: between, pad: [NONE, rows, columns, NONE], dataFormat: 'NHWC' }
}

/** How many pixels a filter of so many goes over. */
export function spanOf(length: number, dilation: number): number {
  return (length - 1) * dilation + 1
}

/** How many pixels the result has along rows (0) or columns (1); below 1 if the filter does not fit. */
export function lengthOf(
  { strides, dilations, pad }: Window,
  i: 0 | 1,
  image: number,
  filter: number,
): number {
  const [before, after] = pad[i + 1]!
  return Math.floor((image + before + after - spanOf(filter, dilations[i])) / strides[i]) + 1
}

/**
 * The height and the width of what a filter makes of images.
 *
 * @throws ShapeError for a filter that is larger than they.
 */
export function sizeAfter(
  who: string,
  window: Window,
  image: readonly number[],
  filter: readonly number[],
): readonly [number, number] {
  const [rows, columns] = [0, 1].map((i) => lengthOf(window, i as 0 | 1, image[i]!, filter[i]!)) as [
    number,
    number,
  ]
  if (rows >= 1 && columns >= 1) return [rows, columns]
  const spans = [0, 1].map((i) => spanOf(filter[i]!, window.dilations[i]!))
  throw new ShapeError(
    `${who}: a filter over ${spans.join(' × ')} pixels does not fit in images of ${image.join(' × ')} with paddings ` +
      `${shown(window.pad.slice(1, 3))}: give padding 'same', or a smaller filter`,
  )
}

function pairOf(what: string, x: Pair): readonly [number, number] {
  const pair = typeof x === 'number' ? [x, x] : x
  if (isPairFrom(1, pair)) return [pair[0], pair[1]]
  throw new DomainError(
    `${what} must be a whole number ≥ 1, or one for rows and one for columns, got ${shown(x)}`,
  )
}

function endsOf(who: string, padding: Padding, same: (i: number) => number): readonly [Ends, Ends] {
  if (padding === 'valid') return [NONE, NONE]
  if (padding === 'same') {
    const around = (total: number): Ends => [Math.floor(total / 2), Math.ceil(total / 2)]
    return [around(same(0)), around(same(1))]
  }
  const all: unknown = typeof padding === 'number' ? [[padding, padding], [padding, padding]] : padding // prettier-ignore
  if (Array.isArray(all) && all.length === 2 && all.every((ends) => isPairFrom(0, ends)))
    return all.map(([before, after]: Ends) => [before, after]) as unknown as [Ends, Ends]
  throw new DomainError(
    `${who}: padding must be 'same', 'valid', a whole number ≥ 0 or [[top, bottom], [left, right]], got ${shown(padding)}`,
  )
}

function isPairFrom(least: number, x: unknown): x is readonly [number, number] {
  return Array.isArray(x) && x.length === 2 && x.every((n) => Number.isInteger(n) && n >= least)
}
