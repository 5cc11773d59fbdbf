import * as Plot from '@observablehq/plot'
import { ShapeError, type NdArray, type NumericArray } from '@variate/core'
import { dimensionName } from './dimensionName.ts'
import type { Figure } from './draw.ts'
import { frame, headingHeight, headingWidth, type FrameOptions } from './frame.ts'
import { checkCounts, countImages, type GrayImages } from './grayImages.ts'
import { dataUri, grayPng } from './grayPng.ts'
import { imageMarks } from './imageMarks.ts'
import { normalQuantiles } from './manifoldPoints.ts'
import { mosaic } from './mosaic.ts'
import { INK, MUTED, PADDING } from './theme.ts'

export interface LatentManifoldOptions extends Pick<FrameOptions, 'title' | 'subtitle'>, GrayImages {
  /** The decoded points of `manifoldPoints(n)`, in their order: shape [n², height · width]. */
  readonly images: NdArray<NumericArray>
  /** What the two axes are; `z₁` and `z₂`, if not given. */
  readonly columns?: readonly [string, string] | undefined
  /** The width of an image as drawn, in pixels; by default so that all take about 560. */
  readonly cellWidth?: number | undefined
}

/** Pixels that the numbers and the name of an axis take, below and to the left, and those of a number like −1.96 with some room. */
const AXIS = { below: 52, left: 58 } as const
const NUMBER = 42

/**
 * What a decoder makes of a latent space of two dimensions: images without gaps, each at the quantiles of a standard normal prior
 * that the axes tell.
 *
 * @throws ShapeError if `images` is not of shape [n², height · width] with n ≥ 1; DomainError for sizes that are not whole or too
 *   small, or a pixel that is not finite.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { latentManifold, manifoldPoints, renderSvg } from '@variate/plot'
 *
 * const z = manifoldPoints(5)
 * const images = ndarray(z.data.map((x) => 1 / (1 + Math.exp(-x))), [25, 2]) // a decoder to images of 1 × 2
 * const svg = await renderSvg(latentManifold({ images, height: 1, width: 2, title: 'A latent space' }))
 * svg.includes('−1.28') // => true
 * ```
 */
export function latentManifold(options: LatentManifoldOptions): Figure {
  const { images, height, width, columns = [dimensionName(0), dimensionName(1)] } = options
  const n = sideOf(options)
  const { cellWidth = Math.max(width, Math.round(560 / n)) } = options
  checkCounts({ cellWidth }, 1, 'latentManifold')
  const cellHeight = (cellWidth * height) / width
  const size = { width: n * cellWidth, height: n * cellHeight }
  const [left, top] = [PADDING + AXIS.left, headingHeight(options)]
  const { marks, ...rest } = frame(
    {
      title: options.title,
      subtitle: options.subtitle,
      width: Math.max(left + size.width + PADDING + 4, headingWidth(options)),
      height: top + size.height + AXIS.below,
    },
    { top, right: PADDING, bottom: AXIS.below, left },
  )
  const whole = mosaic(images, options, n, 0)
  const src = dataUri(grayPng(whole.gray, whole.height, whole.width, Math.ceil((2 * cellWidth) / width)))
  const quantiles = normalQuantiles(n, 'latentManifold').map((value, i) => ({ value, i }))
  const numbered = everyWithRoom(quantiles, Math.min(cellWidth, 2 * cellHeight))
  const bottom = top + size.height
  const numbers = { text: 'text', fill: MUTED, ariaDescription: 'quantiles' } as const
  const names = { text: (name: string) => name, fill: INK, textAnchor: 'middle' } as const
  return {
    ...rest,
    x: { type: 'identity', axis: null },
    y: { type: 'identity', axis: null },
    marks: [
      ...marks,
      ...imageMarks([{ x: left, y: top, src }], size.width, size.height),
      Plot.text(numbered, {
        ...numbers,
        x: ({ i }) => left + (i + 0.5) * cellWidth,
        y: bottom + 14,
      }),
      Plot.text(numbered, {
        ...numbers,
        x: left - 8,
        y: ({ i }) => bottom - (i + 0.5) * cellHeight,
        textAnchor: 'end',
      }),
      Plot.text([columns[0]], { ...names, x: left + size.width / 2, y: bottom + 36 }),
      Plot.text([columns[1]], { ...names, x: PADDING + 4, y: top + size.height / 2, rotate: -90 }),
    ],
  }
}

function sideOf(options: LatentManifoldOptions): number {
  const count = countImages(options.images, options, 'latentManifold')
  const n = Math.sqrt(count)
  if (!Number.isInteger(n))
    throw new ShapeError(
      `latentManifold: images must be n × n, as many as manifoldPoints(n) has, got ${count}`,
    )
  return n
}

interface Quantile {
  readonly value: number
  readonly i: number
}

/**
 * As many as can be written with so many pixels from one to the next, as far from the one end as from the other. A step that is odd
 * allows that, unless there are fewer images than it spans.
 */
function everyWithRoom(
  quantiles: readonly Quantile[],
  pixels: number,
): (Quantile & { readonly text: string })[] {
  const last = quantiles.length - 1
  const densest = Math.ceil(NUMBER / pixels)
  const choices = [densest, densest + 1].flatMap((step) =>
    Array.from({ length: step }, (_, first) => ({ step, first })),
  )
  const isEven = (choice: { step: number; first: number }): boolean =>
    2 * choice.first <= last && (last - 2 * choice.first) % choice.step === 0
  const { step, first } = choices.find(isEven) ?? choices[0]!
  return quantiles
    .filter(({ i }) => i % step === first)
    .map((quantile) => ({ ...quantile, text: formatQuantile(quantile.value) }))
}

/** A minus sign and not a hyphen, and none before 0. */
function formatQuantile(value: number): string {
  return value
    .toFixed(2)
    .replace(/^-0\.00$/, '0.00')
    .replace('-', '−')
}
