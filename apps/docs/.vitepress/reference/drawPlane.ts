import * as Plot from '@observablehq/plot'
import type { Distribution } from '@variate/distributions'
import { evaluate } from './evaluate.ts'
import { AXIS, GRID, inlineSvg, MUTED, PAPER, seriesColor, SHADE } from './look.ts'
import { densities, type Plane, type Triangle } from './picture.ts'

const CELLS = 72
const LEVELS = [0.25, 0.5, 0.75, 0.9, 0.99]

/** One picture for each setting: the smallest regions that hold 25, 50, 75, 90 and 99 % of what is shown. */
export function drawPlanes(picture: Plane): Promise<string[]> {
  const {
    x: [x1, x2],
    y: [y1, y2],
    event = (x: number, y: number) => [x, y],
    labels = ['x₁', 'x₂'],
  } = picture
  const [xs, ys] = [centres(x1, x2), centres(y1, y2)]
  const events = ys.flatMap((y) => xs.map((x) => event(x, y)))
  return Promise.all(
    picture.of.map((code, index) =>
      inlineSvg({
        width: 216,
        height: 220,
        marginTop: 26,
        marginRight: 12,
        marginBottom: 26,
        marginLeft: 30,
        x: { domain: [x1, x2], axis: null },
        y: { domain: [y1, y2], axis: null },
        marks: [
          Plot.gridX({ ticks: 5, stroke: GRID, strokeOpacity: 1 }),
          Plot.gridY({ ticks: 5, stroke: GRID, strokeOpacity: 1 }),
          Plot.axisX({ ticks: 5, ...AXIS }),
          Plot.axisY({ ticks: 5, ...AXIS }),
          Plot.text([labels[1]], { frameAnchor: 'top-left', dx: -22, dy: -20, fill: MUTED, text: String }),
          Plot.text([labels[0]], { frameAnchor: 'bottom-right', dy: -5, dx: -4, fill: MUTED, text: String }),
          regions(densities(evaluate(code), events), { x1, x2, y1, y2 }, index),
        ],
      }),
    ),
  )
}

const HEIGHT = Math.sqrt(3) / 2

/** One triangle for each setting: regions of highest density, or a dot for each vector of counts. */
export function drawTriangles({ of, total }: Triangle): Promise<string[]> {
  return Promise.all(
    of.map((code, index) =>
      inlineSvg({
        width: 216,
        height: 216,
        marginTop: 26,
        marginRight: 14,
        marginBottom: 28,
        marginLeft: 14,
        x: { domain: [0, 1], axis: null },
        y: { domain: [0, HEIGHT], axis: null },
        r: { type: 'identity' },
        marks: [
          ...(total === undefined
            ? [shares(evaluate(code), index), cover]
            : [counts(evaluate(code), total, index)]),
          Plot.line(
            [
              [0, 0],
              [1, 0],
              [0.5, HEIGHT],
              [0, 0],
            ],
            { stroke: MUTED, strokeLinejoin: 'round' },
          ),
          Plot.text(['x₁', 'x₂'], {
            x: (_, i) => i,
            y: 0,
            dy: 11,
            lineAnchor: 'top',
            fill: MUTED,
            text: String,
          }),
          Plot.text(['x₃'], { x: 0.5, y: HEIGHT, dy: -10, lineAnchor: 'bottom', fill: MUTED, text: String }),
        ],
      }),
    ),
  )
}

interface Place {
  readonly x1: number
  readonly x2: number
  readonly y1: number
  readonly y2: number
}

function regions(values: Float64Array, place: Place, index: number): Plot.Markish {
  const thresholds = highestDensity(values)
  return Plot.contour(values, {
    ...place,
    width: CELLS,
    height: CELLS,
    thresholds,
    fill: seriesColor(index),
    fillOpacity: 0.16,
    stroke: seriesColor(index),
    strokeOpacity: 0.6,
    strokeWidth: 0.8,
  })
}

/** Shares are kept inside the triangle, so that contours do not bend at its edge: what is outside is covered. */
function shares(distribution: Distribution, index: number): Plot.Markish {
  const [x1, x2, y1, y2] = [-0.02, 1.02, -0.02, HEIGHT + 0.02]
  const [xs, ys] = [centres(x1, x2), centres(y1, y2)]
  const points = ys.flatMap((y) => xs.map((x) => toShares(x, y)))
  const inside = points.map((point) => point.every((share) => share >= 0))
  const events = points.map((point) => {
    const kept = point.map((share) => Math.max(share, 0.004))
    const sum = kept.reduce((total, share) => total + share, 0)
    return kept.map((share) => share / sum)
  })
  const values = densities(distribution, events)
  const thresholds = highestDensity(values.filter((_, i) => inside[i]))
  return Plot.contour(values, {
    x1,
    x2,
    y1,
    y2,
    width: CELLS,
    height: CELLS,
    thresholds,
    fill: seriesColor(index),
    fillOpacity: 0.16,
    stroke: seriesColor(index),
    strokeOpacity: 0.6,
    strokeWidth: 0.8,
  })
}

function counts(distribution: Distribution, total: number, index: number): Plot.Markish {
  const events = Array.from({ length: total + 1 }, (_, a) =>
    Array.from({ length: total + 1 - a }, (_unused, b) => [a, b, total - a - b]),
  ).flat()
  const probabilities = densities(distribution, events)
  const most = Math.max(...probabilities)
  const largest = 80 / total
  return Plot.dot(events, {
    x: ([, b, c]) => (b! + c! / 2) / total,
    y: ([, , c]) => (c! / total) * HEIGHT,
    r: (_, i) => Math.max(largest * Math.sqrt(probabilities[i]! / most), 0.6),
    fill: (_, i) => (probabilities[i]! > 0 ? seriesColor(index) : SHADE),
    fillOpacity: 0.8,
  })
}

function toShares(x: number, y: number): readonly [number, number, number] {
  const third = y / HEIGHT
  const second = x - third / 2
  return [1 - second - third, second, third]
}

const cover: Plot.RenderFunction = (_index, scales, _values, { width, height }, context) => {
  const { x, y } = scales as unknown as Record<'x' | 'y', (value: number) => number>
  const path = context.document.createElementNS('http://www.w3.org/2000/svg', 'path') as SVGElement
  const triangle = `M${x(0)},${y(0)}L${x(1)},${y(0)}L${x(0.5)},${y(HEIGHT)}Z`
  path.setAttribute('d', `M0,0H${width}V${height}H0Z${triangle}`)
  path.setAttribute('fill', PAPER)
  path.setAttribute('fill-rule', 'evenodd')
  return path
}

/** The densities above which the smallest regions lie that hold each share of the sum. */
function highestDensity(values: Float64Array): number[] {
  const sorted = values.toSorted().toReversed()
  const sum = sorted.reduce((total, value) => total + value, 0)
  const thresholds = LEVELS.map((level) => {
    let held = 0
    return sorted.find((value) => (held += value) >= level * sum) ?? 0
  })
  return [...new Set(thresholds)].toSorted((a, b) => a - b)
}

function centres(low: number, high: number): number[] {
  return Array.from({ length: CELLS }, (_, i) => low + ((high - low) * (i + 0.5)) / CELLS)
}
