import * as Plot from '@observablehq/plot'
import { DomainError, NdArray, type NumericArray } from '@variate/core'
import { categoryColor, categoryTextColor } from './categoryColor.ts'
import type { Figure } from './draw.ts'
import { frame, headingHeight, xAxis, yAxis, type FrameOptions } from './frame.ts'
import { formatNumber } from './formatNumber.ts'
import { spread } from './spread.ts'
import { BACKGROUND, FONT_SIZE } from './theme.ts'
import { niceTicks, tickMargin, ticksAlong } from './ticks.ts'

/** One value an iteration. A value that is not finite leaves a gap. */
export type Series = readonly number[] | NumericArray | NdArray<NumericArray>

export interface TraceOptions extends FrameOptions {
  /** One series, or several by name. */
  readonly series: Series | Readonly<Record<string, Series>>
  /** What the values are, with their unit: `'log-likelihood (nats)'`. */
  readonly label: string
  /** What is counted along the other axis; by default `'iteration'`. */
  readonly step?: string | undefined
  /** The number of the first iteration; by default 1. */
  readonly start?: number | undefined
}

/** Pixels from one label to the next. */
const LABEL_GAP = 16

interface Line {
  readonly name: string
  readonly color: string
  readonly textColor: string
  readonly points: readonly End[]
}

interface End {
  readonly step: number
  readonly value: number
}

/**
 * A value per iteration as a line, its last value marked and written: the log-likelihood of EM, the ELBO of
 * variational inference. Several series are named at their ends.
 *
 * @throws DomainError if there is no series, or one without a finite value.
 *
 * @example
 * ```ts
 * import { renderSvg, trace } from '@variate/plot'
 *
 * const svg = await renderSvg(trace({ series: [-1290, -1250, -1130.26], label: 'log-likelihood (nats)' }))
 * svg.includes('−1,130.26') // => true
 * ```
 */
export function trace(options: TraceOptions): Figure {
  const { label, step = 'iteration', width = 640, height = 360 } = options
  const lines = linesOf(options)
  const ends = lines.map(({ name, color, textColor, points }) => {
    const last = points.findLast(({ value }) => Number.isFinite(value))!
    return {
      ...last,
      color,
      textColor,
      text: name === '' ? formatNumber(last.value) : `${name} ${formatNumber(last.value)}`,
    }
  })
  const right = 28 + 0.62 * FONT_SIZE.text * Math.max(...ends.map(({ text }) => text.length))
  const values = lines.flatMap(({ points }) => points.map(({ value }) => value).filter(Number.isFinite))
  const yDomain = roomAround(Math.min(...values), Math.max(...values))
  const yTicks = niceTicks(...yDomain, 6)
  const margins = { top: headingHeight(options) + 8, right, bottom: 60, left: tickMargin(yTicks) }
  const steps = lines.flatMap(({ points }) => points.map((point) => point.step))
  const [first, last] = [Math.min(...steps), Math.max(...steps)]
  const pixels = (height - margins.top - margins.bottom) / (yDomain[1] - yDomain[0])
  const labelled = spreadEnds(ends, pixels)
  // A line that ends early is named above its end: to its right go the others.
  const names = (where: (end: End) => boolean, anchor: Plot.TextOptions): Plot.Markish =>
    Plot.text(labelled.filter(where), {
      x: 'step',
      y: 'labelAt',
      text: 'text',
      fill: 'textColor',
      stroke: BACKGROUND,
      strokeWidth: 4,
      fontWeight: 600,
      ariaDescription: 'last value',
      ...anchor,
    })

  const { marks, ...rest } = frame({ ...options, width, height }, margins)
  return {
    ...rest,
    x: { domain: first === last ? [first - 1, last + 1] : [first, last], axis: null },
    y: { domain: yDomain, axis: null },
    color: { type: 'identity' },
    marks: [
      ...marks,
      ...xAxis(step, ticksAlong(first, last, width - margins.left - margins.right, 1)),
      ...yAxis(label, yTicks, margins),
      ...lines.map(({ color, points }) =>
        Plot.line(points, { x: 'step', y: 'value', stroke: color, strokeWidth: 2, ariaDescription: 'trace' }),
      ),
      Plot.dot(ends, {
        x: 'step',
        y: 'value',
        r: 4.5,
        fill: 'color',
        stroke: BACKGROUND,
        strokeWidth: 1.5,
        ariaDescription: 'last value',
      }),
      names((end) => end.step === last, { textAnchor: 'start', dx: 10 }),
      names((end) => end.step < last, { textAnchor: 'end', dx: 6, dy: -14 }),
    ],
  }
}

function linesOf({ series, start = 1 }: TraceOptions): Line[] {
  const named = isSeries(series) ? [['', series] as const] : Object.entries(series)
  if (named.length === 0) throw new DomainError('trace: there is no series')
  return named.map(([name, values], index) => {
    const data: ArrayLike<number> = values instanceof NdArray ? values.data : values
    const points = Array.from(data, (value, i) => ({
      step: start + i,
      value: Number.isFinite(value) ? value : NaN,
    }))
    if (!points.some(({ value }) => Number.isFinite(value))) {
      const what = name === '' ? 'series' : `series "${name}"`
      throw new DomainError(
        `trace: ${what} needs at least one finite value, got ${points.length} that are not`,
      )
    }
    return { name, color: categoryColor(index), textColor: categoryTextColor(index), points }
  })
}

/** Where to write beside each end, at `pixels` a unit: labels meet where lines end at the same step. */
function spreadEnds<Labelled extends End>(
  ends: readonly Labelled[],
  pixels: number,
): (Labelled & { labelAt: number })[] {
  return [...new Set(ends.map((end) => end.step))].flatMap((step) => {
    const together = ends.filter((end) => end.step === step)
    const heights = spread(
      together.map((end) => end.value * pixels),
      LABEL_GAP,
    )
    return together.map((end, i) => ({ ...end, labelAt: heights[i]! / pixels }))
  })
}

function isSeries(series: TraceOptions['series']): series is Series {
  return Array.isArray(series) || ArrayBuffer.isView(series) || series instanceof NdArray
}

function roomAround(low: number, high: number): [number, number] {
  const padding = 0.06 * (high - low) || 0.01 * Math.abs(low) || 1
  return [low - padding, high + padding]
}
