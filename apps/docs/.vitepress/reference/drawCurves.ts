import * as Plot from '@observablehq/plot'
import { below, curveOf, simplify } from './curve.ts'
import { evaluate } from './evaluate.ts'
import { AXIS, GRID, inlineSvg, MUTED, PAPER, seriesColor } from './look.ts'
import { densities, type Bars, type Curves, type Nested } from './picture.ts'

const SIZE = { width: 420, height: 240 }
const MARGINS = { marginTop: 30, marginRight: 14, marginBottom: 26, marginLeft: 40 }
const INNER = {
  width: SIZE.width - MARGINS.marginLeft - MARGINS.marginRight,
  height: SIZE.height - MARGINS.marginTop - MARGINS.marginBottom,
}

/** The densities of all settings over the same axis. */
export function drawCurves(picture: Curves): Promise<string> {
  const [low, high] = picture.over
  const settings = picture.of.map(evaluate)
  const curves = settings.map((setting) => curveOf(setting, picture))
  const atoms = settings.flatMap((setting, index) => {
    const values = densities(setting, picture.atoms ?? [])
    return (picture.atoms ?? []).map((x, i) => ({ x, y: values[i]!, index })).filter(({ y }) => y > 0)
  })
  const heights = [...curves.flat().map(([, y]) => y), ...atoms.map(({ y }) => y)]
  const top = picture.top ?? 1.05 * Math.max(...heights)
  const scale = [INNER.width / (high - low), INNER.height / top] as const
  return inlineSvg({
    ...axes(top),
    x: { domain: [low, high], axis: null },
    marks: [
      ...marksOfAxes(picture, picture.atoms ? 'density, probability' : 'density'),
      ...curves.flatMap((curve, index) =>
        below(curve, top).map((piece) =>
          Plot.line(simplify(piece, 0.08, scale), {
            stroke: seriesColor(index),
            strokeWidth: 2,
            strokeLinejoin: 'round',
          }),
        ),
      ),
      ...atoms.flatMap(({ x, y, index }) => [
        Plot.ruleX([x], { y1: 0, y2: y, stroke: seriesColor(index), strokeWidth: 2 }),
        Plot.dot([[x, y]], { r: 4.5, fill: seriesColor(index), stroke: PAPER }),
      ]),
    ],
  })
}

/** The probabilities of all settings, bar beside bar. */
export function drawBars(picture: Bars): Promise<string> {
  const [first, last] = picture.over
  const { event = (x: number): Nested => x } = picture
  const xs = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  const events = xs.map((x) => event(x))
  const probabilities = picture.of.map((code) => densities(evaluate(code), events))
  const top = 1.05 * Math.max(...probabilities.flatMap((values) => [...values]))
  const width = 0.84 / picture.of.length
  return inlineSvg({
    ...axes(top),
    x: { domain: [first - 0.6, last + 0.6], axis: null },
    marks: [
      ...marksOfAxes(picture, 'probability'),
      ...probabilities.map((values, index) =>
        Plot.rect(
          xs.flatMap((x, i) =>
            values[i]! > top / 1000 ? [[x - 0.42 + index * width, values[i]!] as const] : [],
          ),
          {
            x1: ([left]) => left,
            x2: ([left]) => left + width,
            y1: 0,
            y2: ([, value]) => value,
            fill: seriesColor(index),
            insetLeft: 0.3,
            insetRight: 0.3,
          },
        ),
      ),
    ],
  })
}

function axes(top: number): Plot.PlotOptions {
  return { ...SIZE, ...MARGINS, y: { domain: [0, top], axis: null } }
}

function marksOfAxes({ label, over: [low, high], kind }: Curves | Bars, what: string): Plot.Markish[] {
  const isEach = kind === 'bars' && high - low <= 12
  const numbers = isEach ? Array.from({ length: high - low + 1 }, (_, i) => low + i) : undefined
  const words = { fill: MUTED, text: String } as const
  return [
    Plot.gridY({ ticks: 4, stroke: GRID, strokeOpacity: 1 }),
    Plot.ruleY([0], { stroke: MUTED, strokeOpacity: 0.6 }),
    numbers ? Plot.axisX(numbers, { tickFormat: String, ...AXIS }) : Plot.axisX({ ticks: 7, ...AXIS }),
    Plot.axisY({ ticks: 4, ...AXIS }),
    Plot.text([what], { frameAnchor: 'top-left', dx: 12 - MARGINS.marginLeft, dy: -22, ...words }),
    label === undefined ? null : Plot.text([label], { frameAnchor: 'top-right', dy: -22, ...words }),
  ]
}
