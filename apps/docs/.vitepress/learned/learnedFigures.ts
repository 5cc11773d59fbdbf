import type { NdArray } from '@variate/core'
import { densityContours, type Figure } from '@variate/plot'
import { inlineSvg } from '../reference/look.ts'
import { learnedModes, learnedRing, NOISE } from './learnedMaps.ts'

/** log N(x; mean, scale²), but for a constant. */
const log = (x: number, mean: number, scale: number): number => -0.5 * ((x - mean) / scale) ** 2

/** z and x together, over draws of the model. */
async function modes(): Promise<Figure> {
  const { z, means, drawn } = await learnedModes()
  const step = z[1]! - z[0]!
  /** Where z is mapped to, between two numbers of the grid. */
  const mapped = (at: number): number => {
    const place = Math.min(z.length - 1.001, Math.max(0, (at - z[0]!) / step))
    const below = Math.floor(place)
    const share = place - below
    return (1 - share) * means[below]![0]! + share * means[below + 1]![0]!
  }
  const logProb = ({ data }: NdArray<Float64Array>): number[] =>
    Array.from({ length: data.length / 2 }, (_, i) => {
      const [own, x] = [data[2 * i]!, data[2 * i + 1]!]
      return log(own, 0, 1) + log(x, mapped(own), NOISE)
    })
  const x = drawn.z.map((own, i) => [own, drawn.x[i]![0]!])
  const title = 'Two modes of a normal number'
  return densityContours({ x, logProb, columns: ['z', 'x'], title, width: 560, height: 420 })
}

/** p(x) over the data. */
async function ring(): Promise<Figure> {
  const { z, means, data } = await learnedRing()
  const logProb = ({ data: points }: NdArray<Float64Array>): number[] =>
    Array.from({ length: points.length / 2 }, (_, i) => {
      const [x, y] = [points[2 * i]!, points[2 * i + 1]!]
      const density = means.reduce(
        (sum, [a, b], at) => sum + Math.exp(log(z[at]!, 0, 1) + log(x, a!, NOISE) + log(y, b!, NOISE)),
        0,
      )
      return Math.log(density)
    })
  const title = 'A ring of a normal number'
  return densityContours({ x: data, logProb, columns: ['x₁', 'x₂'], title, width: 560, height: 560 })
}

async function pictureOf(figure: Figure): Promise<string> {
  const svg = await inlineSvg(figure)
  return `<figure class="figure learned-map" role="img" aria-label="${figure.ariaLabel}">${svg}</figure>`
}

/** The pictures of the page about autoencoders, of maps that are learnt when the site is built. */
export const made: Readonly<Record<string, string>> = {
  learnedModes: await pictureOf(await modes()),
  learnedRing: await pictureOf(await ring()),
}
