import * as Plot from '@observablehq/plot'
import { DomainError, ShapeError, toMatrix, type MatrixLike, type NdArray } from '@variate/core'
import { categoryColor } from './categoryColor.ts'
import type { Domain } from './densityGrid.ts'
import { dimensionName } from './dimensionName.ts'
import type { Figure } from './draw.ts'
import { frame, headingHeight, xAxis, yAxis, type FrameOptions } from './frame.ts'
import { groupPoints, type GroupedPoints, type Labels } from './groupPoints.ts'
import { separate } from './separate.ts'
import { BACKGROUND } from './theme.ts'
import { niceTicks, tickMargin, ticksAlong } from './ticks.ts'

export interface LatentScatterOptions extends FrameOptions {
  /** The latent of each observation, [n, d] with d ≥ 2: the means of their posteriors. */
  readonly z: MatrixLike
  /**
   * What each observation is: n whole numbers, coloured as `categoryColor` does, or n names, coloured in order of appearance. Each is
   * written at the middle of its points.
   */
  readonly labels?: Labels | undefined
  /** Which two dimensions are drawn, counted from 0; the first two, if not given. */
  readonly dimensions?: readonly [number, number] | undefined
  /** What the two axes are; `z₁` and `z₂`, if not given. */
  readonly columns?: readonly [string, string] | undefined
}

type Point = readonly [number, number]

const WHO = 'latentScatter'
const GROUPING = { who: `${WHO}: labels`, nameNumbers: true }
const NAME_SIZE = 14

/**
 * Where observations lie in a latent space, coloured by what they are, though no label was told to the model. A unit is as long
 * along one axis as along the other.
 *
 * @throws ShapeError for ragged rows, fewer than two columns, or another number of labels; DomainError for what is not finite, labels
 *   that are numbers but not whole, and dimensions that `z` does not have.
 *
 * @example
 * ```ts
 * import { latentScatter, renderSvg } from '@variate/plot'
 *
 * const z = [[-1.2, 0.1], [-0.9, -0.3], [0.8, 0.2], [1.3, -0.1]]
 * const svg = await renderSvg(latentScatter({ z, labels: [4, 4, 9, 9], title: 'Digits' }))
 * svg.match(/<circle /g)?.length // => 4
 * ```
 */
export function latentScatter(options: LatentScatterOptions): Figure {
  const { width = 560, height = 560, dimensions = [0, 1] } = options
  const points = pointsOf(toMatrix(options.z, `${WHO}: z`), dimensions)
  const [xLabel, yLabel] = options.columns ?? [dimensionName(dimensions[0]), dimensionName(dimensions[1])]
  const groups = options.labels === undefined ? undefined : groupPoints(points, options.labels, GROUPING)
  const [xData, yData] = [paddedExtent(points, 0), paddedExtent(points, 1)]
  const margins = {
    top: headingHeight(options),
    right: 24,
    bottom: 60,
    left: tickMargin(niceTicks(...yData, 8)),
  }
  const [across, down] = [width - margins.left - margins.right, height - margins.top - margins.bottom]
  const unit = Math.max((xData[1] - xData[0]) / across, (yData[1] - yData[0]) / down)
  const [x, y] = [around(xData, unit * across), around(yData, unit * down)]
  const { marks, ...rest } = frame({ ...options, width, height }, margins)
  return {
    ...rest,
    x: { domain: x, axis: null },
    y: { domain: y, axis: null },
    color: { type: 'identity' },
    marks: [
      ...marks,
      ...xAxis(xLabel, ticksAlong(...x, across)),
      ...yAxis(yLabel, niceTicks(...y, 8), margins),
      Plot.dot(points, {
        x: ([value]) => value,
        y: ([, value]) => value,
        r: points.length > 2000 ? 1.8 : 2.6,
        fill: groups === undefined ? categoryColor(0) : (_: unknown, i: number) => groups.colors[i],
        fillOpacity: 0.7,
        ariaDescription: 'observations',
      }),
      ...(groups === undefined ? [] : nameGroups(groups.names, unit)),
    ],
  }
}

function pointsOf({ data, shape }: NdArray<Float64Array>, dimensions: readonly [number, number]): Point[] {
  const d = shape[1]!
  if (d < 2) throw new ShapeError(`${WHO}: z must have two columns or more, got shape [${shape}]`)
  const other = dimensions.find(
    (dimension) => !(Number.isInteger(dimension) && dimension >= 0 && dimension < d),
  )
  if (other !== undefined)
    throw new DomainError(`${WHO}: dimensions must be among 0 … ${d - 1}, got ${other}`)
  const [first, second] = dimensions
  return Array.from({ length: shape[0]! }, (_, row) => [data[row * d + first]!, data[row * d + second]!])
}

/** A twentieth more on each side. */
function paddedExtent(points: readonly Point[], axis: 0 | 1): Domain {
  let [low, high] = [Infinity, -Infinity]
  for (const point of points) {
    low = Math.min(low, point[axis])
    high = Math.max(high, point[axis])
  }
  const padding = (high - low) / 20 || Math.abs(low) / 20 || 1
  return [low - padding, high + padding]
}

function around([low, high]: Domain, length: number): Domain {
  const middle = (low + high) / 2
  return [middle - length / 2, middle + length / 2]
}

/** Each name in a box at the middle of its group, or beside it where another is. */
function nameGroups(names: GroupedPoints['names'], unit: number): Plot.Markish[] {
  const boxes = separate(
    names.map(({ name, at: [x, y] }) => ({
      x: x / unit,
      y: y / unit,
      width: 0.6 * NAME_SIZE * name.length + 12,
      height: NAME_SIZE + 8,
    })),
  )
  const placed = names.map(({ name, textColor }, i) => {
    const { x, y, width, height } = boxes[i]!
    const [right, up] = [width / 2 - 1, height / 2 - 1]
    return {
      name,
      textColor,
      x: x * unit,
      y: y * unit,
      x1: (x - right) * unit,
      x2: (x + right) * unit,
      y1: (y - up) * unit,
      y2: (y + up) * unit,
    }
  })
  const box = { x1: 'x1', x2: 'x2', y1: 'y1', y2: 'y2', rx: 5 } as const
  return [
    Plot.rect(placed, { ...box, fill: BACKGROUND, fillOpacity: 0.88, stroke: 'textColor', strokeWidth: 1 }),
    Plot.text(placed, {
      x: 'x',
      y: 'y',
      text: 'name',
      fill: 'textColor',
      fontWeight: 600,
      fontSize: NAME_SIZE,
      ariaDescription: 'groups',
    }),
  ]
}
