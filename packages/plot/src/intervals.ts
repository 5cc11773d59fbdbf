import * as Plot from '@observablehq/plot'
import { DomainError } from '@variate/core'
import { categoryColor, categoryTextColor } from './categoryColor.ts'
import type { Figure } from './draw.ts'
import { frame, headingHeight, xAxis, type FrameOptions } from './frame.ts'
import { BACKGROUND, FONT_SIZE, INK, PADDING } from './theme.ts'
import { niceTicks } from './ticks.ts'

/** An estimate with the range that it lies in. */
export interface Interval {
  readonly at: number
  readonly low: number
  readonly high: number
}

/** What is told of one thing, such as a parameter: an interval for each series. */
export interface IntervalRow {
  readonly label: string
  readonly intervals: readonly Interval[]
}

export interface IntervalsOptions extends FrameOptions {
  readonly rows: readonly IntervalRow[]
  /** The names of the series, in the order of the intervals of each row. */
  readonly series: readonly string[]
  /** What the numbers are, with their unit. */
  readonly label: string
}

/** Pixels from one row to the next, and from one series to the next within. */
const ROW = 38
const STEP = 12

/**
 * Estimates with intervals, one row for each thing that is estimated: the posterior of each group beside what its own data say.
 *
 * @throws DomainError for no rows, rows of other lengths than there are series, and numbers that are not finite.
 *
 * @example
 * ```ts
 * import { intervals, renderSvg } from '@variate/plot'
 *
 * const rows = [{ label: 'school A', intervals: [{ at: 6.2, low: -1.2, high: 16 }] }]
 * const svg = await renderSvg(intervals({ rows, series: ['posterior'], label: 'effect (points)' }))
 * svg.includes('school A') // => true
 * ```
 */
export function intervals(options: IntervalsOptions): Figure {
  const { rows, series, label, width = 640 } = options
  check(rows, series)
  const drawn = rows.flatMap(({ intervals: own }, row) =>
    own.map((interval, index) => ({
      ...interval,
      y: row * ROW + (index - (series.length - 1) / 2) * STEP,
      color: categoryColor(index),
      index,
    })),
  )
  const ends = drawn.flatMap(({ low, high }) => [low, high])
  const padding = 0.04 * (Math.max(...ends) - Math.min(...ends)) || 1
  const domain = [Math.min(...ends) - padding, Math.max(...ends) + padding] as const
  const legend = 26
  const margins = {
    top: headingHeight(options) + 8 + legend,
    right: PADDING + 8,
    bottom: 60,
    left: PADDING + 16 + 0.62 * FONT_SIZE.text * Math.max(...rows.map((row) => row.label.length)),
  }
  const { height = rows.length * ROW + margins.top + margins.bottom } = options
  const { marks, ...rest } = frame({ ...options, width, height }, margins)
  const places = placesOf(series)
  return {
    ...rest,
    x: { domain, axis: null },
    y: { domain: [(rows.length - 0.5) * ROW + 4, -ROW / 2 - 4], axis: null },
    color: { type: 'identity' },
    marks: [
      ...marks,
      ...xAxis(label, niceTicks(...domain, 8)),
      Plot.text(rows, {
        frameAnchor: 'left',
        y: (_: unknown, i: number) => i * ROW,
        text: 'label',
        fill: INK,
        textAnchor: 'end',
        dx: -10,
        ariaDescription: 'labels',
      }),
      ...series.map((name, index) =>
        Plot.link(
          drawn.filter((one) => one.index === index),
          { x1: 'low', x2: 'high', y1: 'y', y2: 'y', stroke: 'color', strokeWidth: 2, ariaDescription: name },
        ),
      ),
      Plot.dot(drawn, {
        x: 'at',
        y: 'y',
        r: 4,
        fill: 'color',
        stroke: BACKGROUND,
        ariaDescription: 'estimates',
      }),
      ...series.map((name, index) =>
        Plot.text([name], {
          frameAnchor: 'top-left',
          text: (line: string) => `● ${line}`,
          fill: categoryTextColor(index),
          fontWeight: 600,
          dx: places[index]!,
          dy: -legend,
          ariaDescription: 'series',
        }),
      ),
    ],
  }
}

/** Where each name of the legend begins. */
function placesOf(series: readonly string[]): readonly number[] {
  let at = 0
  return series.map((name) => {
    const own = at
    at += 0.54 * FONT_SIZE.text * (name.length + 2) + 24
    return own
  })
}

function check(rows: readonly IntervalRow[], series: readonly string[]): void {
  if (rows.length === 0 || series.length === 0)
    throw new DomainError('intervals: there must be a row and a series')
  for (const { label, intervals: own } of rows) {
    if (own.length !== series.length)
      throw new DomainError(
        `intervals: "${label}" has ${own.length} intervals, and there are ${series.length} series`,
      )
    const bad = own.find(({ at, low, high }) => ![at, low, high].every(Number.isFinite) || low > high)
    if (bad)
      throw new DomainError(
        `intervals: "${label}" must have finite numbers with low ≤ high, got ${bad.low} … ${bad.high} at ${bad.at}`,
      )
  }
}
