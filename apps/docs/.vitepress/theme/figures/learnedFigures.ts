import type { NdArray } from '@variate/core'
import { densityContours } from '@variate/plot'
import { learnedModes, learnedRing, NOISE } from './learnedMaps.ts'
import type { PageFigureSource } from './usePageFigure.ts'

export type LearnedFigureName = 'learnedModes' | 'learnedRing'

const log = (x: number, mean: number, scale: number): number => -0.5 * ((x - mean) / scale) ** 2

/** The figures of a normal number through a map that was learnt. */
export const learnedFigures: Readonly<Record<LearnedFigureName, PageFigureSource>> = {
  learnedModes: {
    size: { width: 560, height: 420 },
    narrow: 1.1,
    async make() {
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
      const columns = ['z', 'x']
      return (size) =>
        densityContours({ x, logProb, columns, title: 'Two modes of a normal number', ...size })
    },
  },
  learnedRing: {
    size: { width: 560, height: 560 },
    narrow: 1,
    async make() {
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
      const columns = ['x₁', 'x₂']
      return (size) =>
        densityContours({ x: data, logProb, columns, title: 'A ring of a normal number', ...size })
    },
  },
}
