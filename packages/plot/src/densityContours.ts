import * as Plot from '@observablehq/plot'
import { DomainError, ShapeError, toMatrix, type MatrixLike, type NdArray } from '@variate/core'
import type { Figure } from './draw.ts'
import { aboveFloor, densityGrid, type Domain, type LogDensity } from './densityGrid.ts'
import { categoryColor } from './categoryColor.ts'
import { coverMargins, frame, headingHeight, xAxis, yAxis, type FrameOptions } from './frame.ts'
import { groupPoints, type Labels } from './groupPoints.ts'
import { highestDensity } from './highestDensity.ts'
import { BACKGROUND, INK, SHADE } from './theme.ts'
import { niceTicks, tickMargin, ticksAlong } from './ticks.ts'

export interface DensityContoursOptions extends FrameOptions {
  /** The points, shape [n, 2]. */
  readonly x: MatrixLike
  /** The log density (nats; a constant may be missing) at points of shape [m, 2], for each of them: [m]. */
  readonly logProb: LogDensity
  /**
   * What each point belongs to, its colour: n whole numbers, coloured as `categoryColor` does, or n names,
   * coloured in order of appearance and written beside their points.
   */
  readonly groups?: Labels | undefined
  /** Points to mark with a cross, shape [k, 2]: the means of a mixture. */
  readonly means?: MatrixLike | undefined
  /** What the two axes measure; by default the names of `x`'s columns, if it has any. */
  readonly columns?: readonly string[] | undefined
  /** The shares of the probability that the contours enclose. */
  readonly levels?: readonly number[] | undefined
}

const GROUPING = { who: 'densityContours: groups', nameNumbers: false }

/**
 * Points in the plane, coloured by group, over the density that was fitted to them: shaded regions of
 * highest density, each the smallest that holds a given share of the probability (within the picture).
 *
 * @throws ShapeError if `x` or `means` has not two columns, `groups` not one label a point, or `logProb`
 * gives not one number a point; DomainError for values that are not finite, groups that are numbers but not
 * whole, levels outside (0, 1), or a `logProb` that gives NaN or +Infinity.
 *
 * @example
 * ```ts
 * import { densityContours, renderSvg } from '@variate/plot'
 *
 * const x = [[0, 1], [1, 0], [-1, 0], [0, -1]]
 * const logProb = ({ data }: { data: Float64Array }) =>
 *   Array.from({ length: data.length / 2 }, (_, i) => -(data[2 * i]! ** 2 + data[2 * i + 1]! ** 2) / 2)
 * const svg = await renderSvg(densityContours({ x, logProb, groups: [0, 0, 1, 1], title: 'A normal' }))
 * svg.includes('aria-label="A normal"') // => true
 * ```
 */
export function densityContours(options: DensityContoursOptions): Figure {
  const { levels = [0.25, 0.5, 0.75, 0.9, 0.99], width = 640, height = 480 } = options
  const x = planar(options.x, 'densityContours: x')
  const means = options.means === undefined ? undefined : planar(options.means, 'densityContours: means')
  const [xLabel, yLabel] = columnNames(options)
  const all = means === undefined ? [x] : [x, means]
  const xDomain = paddedExtent(all, 0)
  const yDomain = paddedExtent(all, 1)
  const points = pointsOf(x)
  const groups = options.groups === undefined ? undefined : groupPoints(points, options.groups, GROUPING)
  const grid = densityGrid(options.logProb, xDomain, yDomain)
  const thresholds = highestDensity(grid.values, checkLevels(levels))

  const yTicks = niceTicks(...yDomain, 8)
  const margins = { top: headingHeight(options), right: 24, bottom: 60, left: tickMargin(yTicks) }
  const [xLines, ...xNumbers] = xAxis(xLabel, ticksAlong(...xDomain, width - margins.left - margins.right))
  const [yLines, ...yNumbers] = yAxis(yLabel, yTicks, margins)
  const {
    marks: [background, ...heading],
    ...rest
  } = frame({ ...options, width, height }, margins)
  return {
    ...rest,
    x: { domain: xDomain, axis: null },
    y: { domain: yDomain, axis: null },
    marks: [
      background!,
      xLines!,
      yLines!,
      Plot.contour(aboveFloor(grid.values), {
        ...grid.place,
        thresholds: thresholds.toSorted((a, b) => a - b),
        fill: SHADE,
        fillOpacity: 0.09,
        stroke: SHADE,
        strokeOpacity: 0.55,
        strokeWidth: 0.9,
        ariaDescription: 'regions of highest density',
      }),
      coverMargins,
      ...heading,
      ...xNumbers,
      ...yNumbers,
      Plot.dot(points, {
        x: ([value]) => value,
        y: ([, value]) => value,
        r: 3,
        fill: groups === undefined ? categoryColor(0) : (_: unknown, i: number) => groups.colors[i],
        fillOpacity: 0.75,
        stroke: BACKGROUND,
        strokeWidth: 0.6,
        ariaDescription: 'points',
      }),
      ...(means === undefined ? [] : crosses(pointsOf(means))),
      ...(groups === undefined || groups.names.length === 0 ? [] : [nameGroups(groups.names)]),
    ],
    color: { type: 'identity' },
  }
}

type Point = readonly [number, number]

function planar(x: MatrixLike, who: string): NdArray<Float64Array> {
  const matrix = toMatrix(x, who)
  if (matrix.shape[1] !== 2) throw new ShapeError(`${who} must have shape [n, 2], got [${matrix.shape}]`)
  return matrix
}

function pointsOf({ data, shape }: NdArray<Float64Array>): Point[] {
  return Array.from({ length: shape[0]! }, (_, row) => [data[2 * row]!, data[2 * row + 1]!])
}

function columnNames({ x, columns }: DensityContoursOptions): readonly [string, string] {
  const names =
    columns ?? ('columns' in x && Array.isArray(x.columns) ? (x.columns as string[]) : ['x₁', 'x₂'])
  if (names.length !== 2)
    throw new ShapeError(`densityContours: columns must be two names, got ${names.length}`)
  return [names[0]!, names[1]!]
}

/** A sixth more on each side, so that the outer regions mostly close within the picture. */
function paddedExtent(matrices: readonly NdArray<Float64Array>[], column: 0 | 1): Domain {
  let [low, high] = [Infinity, -Infinity]
  for (const { data } of matrices) {
    for (let index = column; index < data.length; index += 2) {
      low = Math.min(low, data[index]!)
      high = Math.max(high, data[index]!)
    }
  }
  const padding = (high - low) / 6 || Math.abs(low) / 6 || 1
  return [low - padding, high + padding]
}

function checkLevels(levels: readonly number[]): readonly number[] {
  const bad = levels.find((level) => !(level > 0 && level < 1))
  if (bad !== undefined) throw new DomainError(`densityContours: levels must be between 0 and 1, got ${bad}`)
  return levels
}

/** A cross in ink on a wider white one, to be seen over points of any colour. */
function crosses(means: Point[]): Plot.Markish[] {
  const at = { x: ([value]: Point) => value, y: ([, value]: Point) => value, symbol: 'times', r: 6 } as const
  return [
    Plot.dot(means, {
      ...at,
      stroke: BACKGROUND,
      strokeWidth: 5.5,
      strokeLinecap: 'round',
    }),
    Plot.dot(means, {
      ...at,
      stroke: INK,
      strokeWidth: 2.4,
      strokeLinecap: 'round',
      ariaDescription: 'means',
    }),
  ]
}

function nameGroups(
  names: readonly { readonly name: string; readonly at: Point; readonly textColor: string }[],
): Plot.Markish {
  return Plot.text(names, {
    x: ({ at }) => at[0],
    y: ({ at }) => at[1],
    text: ({ name }) => name,
    fill: 'textColor',
    stroke: BACKGROUND,
    strokeWidth: 4,
    fontWeight: 600,
    dy: -14,
    ariaDescription: 'groups',
  })
}
