import * as Plot from '@observablehq/plot'
import { DomainError } from '@variate/core'
import { categoryColor, categoryTextColor } from './categoryColor.ts'
import type { Figure } from './draw.ts'
import { formatNumber } from './formatNumber.ts'
import { frame, headingHeight, xAxis, yAxis, type FrameOptions } from './frame.ts'
import { spread } from './spread.ts'
import { BACKGROUND, FONT_SIZE, INK } from './theme.ts'
import { overlap, tickMargin, ticksAlong, type Ticks } from './ticks.ts'

/** One fit among those to choose from. */
export interface SelectionRow {
  /** The number of components, K. */
  readonly components: number
  /** The form of the covariances: `'full'`, `'tied'`, … */
  readonly covariance: string
  /** −2 log-likelihood + parameters · log n: lower is better. Null if the fit was rejected. */
  readonly bic: number | null
}

export interface SelectionOptions extends FrameOptions {
  /** The fits, in any order; covariance forms get their colours in order of appearance. */
  readonly rows: readonly SelectionRow[]
}

const TICKS = [0, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
/** Differences below this many are drawn to scale, larger ones by their logarithm. */
const LINEAR_BELOW = 5

/**
 * BIC by number of components, a line for each form of the covariances, the lowest marked. The axis shows
 * how far each fit lies above the lowest, logarithmically beyond a few units: a difference of 10 is strong
 * evidence (R. E. Kass and A. E. Raftery, "Bayes factors", JASA 90 (1995) 773–795), and vanishes on an axis
 * that has room for the worst fit. Rejected fits leave a gap.
 *
 * @throws DomainError if no row has a finite BIC, or a number of components is not a whole number ≥ 1.
 *
 * @example
 * ```ts
 * import { renderSvg, selection } from '@variate/plot'
 *
 * const rows = [
 *   { components: 2, covariance: 'full', bic: 2322.19 },
 *   { components: 3, covariance: 'full', bic: 2333.73 },
 *   { components: 3, covariance: 'tied', bic: 2314.3 },
 * ]
 * const svg = await renderSvg(selection({ rows, title: 'Old Faithful' }))
 * svg.includes('3 tied: BIC 2,314.30') // => true
 * ```
 */
export function selection(options: SelectionOptions): Figure {
  const { rows, width = 640, height = 400 } = options
  const best = bestOf(rows)
  const forms = [...new Set(rows.map((row) => row.covariance))]
  const points = rows
    .map((row) => ({ ...row, color: categoryColor(forms.indexOf(row.covariance)), above: above(row, best) }))
    .toSorted((a, b) => a.components - b.components)
  const counts = points.map((point) => point.components)
  const [first, last] = [Math.min(...counts), Math.max(...counts)]
  const drawn = points.filter((point) => !Number.isNaN(point.above))
  const greatest = Math.max(...drawn.map((point) => point.above))

  const right = 32 + 0.62 * FONT_SIZE.text * Math.max(...forms.map((form) => form.length))
  const top = Math.max(2 * LINEAR_BELOW, greatest * 1.15)
  const yTicks = {
    ticks: TICKS.filter((tick) => tick <= top),
    tickFormat: (tick: number) => tick.toLocaleString('en-US'),
  }
  const margins = { top: headingHeight(options) + 8, right, bottom: 60, left: tickMargin(yTicks) }
  const { marks, ...rest } = frame({ ...options, width, height }, margins)
  const symlog = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value) / LINEAR_BELOW)
  const unsymlog = (value: number) => Math.sign(value) * Math.expm1(Math.abs(value)) * LINEAR_BELOW
  const bottom = unsymlog(-0.14 * symlog(top))
  const pixels = (height - margins.top - margins.bottom) / (symlog(top) - symlog(bottom))
  const ends = forms.flatMap((form) => drawn.findLast((point) => point.covariance === form) ?? [])
  const labelAt = spread(
    ends.map((end) => symlog(end.above) * pixels),
    16,
  ).map((pixel) => unsymlog(pixel / pixels))

  return {
    ...rest,
    x: { domain: first === last ? [first - 1, last + 1] : [first, last], axis: null },
    y: { type: 'symlog', constant: LINEAR_BELOW, domain: [bottom, top], axis: null },
    color: { type: 'identity' },
    marks: [
      ...marks,
      ...xAxis('components', countTicks(counts, width - margins.left - margins.right)),
      ...yAxis('BIC above the lowest', yTicks, margins),
      ...forms.map((form, index) =>
        Plot.line(
          points.filter((point) => point.covariance === form),
          {
            x: 'components',
            y: 'above',
            stroke: categoryColor(index),
            strokeWidth: 2,
            ariaDescription: form,
          },
        ),
      ),
      Plot.dot(drawn, {
        x: 'components',
        y: 'above',
        r: 3.5,
        fill: 'color',
        stroke: BACKGROUND,
        ariaDescription: 'fits',
      }),
      Plot.text(ends, {
        x: last,
        y: (_: unknown, i: number) => labelAt[i],
        text: 'covariance',
        fill: ({ covariance }) => categoryTextColor(forms.indexOf(covariance)),
        fontWeight: 600,
        textAnchor: 'start',
        dx: 10,
        ariaDescription: 'covariance',
      }),
      Plot.dot([best], {
        x: 'components',
        y: 0,
        r: 8,
        stroke: INK,
        strokeWidth: 2,
        ariaDescription: 'chosen',
      }),
      Plot.text([best], {
        x: 'components',
        y: 0,
        text: ({ components, covariance, bic }) => `${components} ${covariance}: BIC ${formatNumber(bic)}`,
        fill: INK,
        stroke: BACKGROUND,
        strokeWidth: 4,
        fontWeight: 600,
        textAnchor: best.components > (first + last) / 2 ? 'end' : 'start',
        dx: best.components > (first + last) / 2 ? -4 : 4,
        dy: 20,
        ariaDescription: 'chosen',
      }),
    ],
  }
}

type Fitted = SelectionRow & { readonly bic: number }

function bestOf(rows: readonly SelectionRow[]): Fitted {
  const bad = rows.find(({ components }) => !Number.isInteger(components) || components < 1)
  if (bad !== undefined) {
    throw new DomainError(`selection: components must be a whole number ≥ 1, got ${bad.components}`)
  }
  const fitted = rows.filter((row): row is Fitted => row.bic !== null && Number.isFinite(row.bic))
  if (fitted.length === 0) {
    throw new DomainError(`selection: no row has a BIC that is a finite number (${rows.length} rows)`)
  }
  return fitted.reduce((best, row) => (row.bic < best.bic ? row : best))
}

/** Every number of components that was tried, or round ones where there is no room for all. */
function countTicks(counts: readonly number[], pixels: number): Ticks {
  const [first, last] = [Math.min(...counts), Math.max(...counts)]
  const every = { ticks: [...new Set(counts)], tickFormat: String }
  return overlap(every, pixels / (last - first)) ? ticksAlong(first, last, pixels, 1) : every
}

/** NaN, which Plot leaves out and breaks a line at, for a fit that was rejected. */
function above({ bic }: SelectionRow, best: Fitted): number {
  return bic !== null && Number.isFinite(bic) ? bic - best.bic : Number.NaN
}
