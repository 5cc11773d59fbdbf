import { key, NdArray, random } from '@variate/core'
import {
  imageGrid,
  interpolationPoints,
  interpolations,
  latentManifold,
  latentScatter,
  manifoldPoints,
  reconstructions,
  traversalPoints,
  traversals,
} from '@variate/plot'
import { principalComponents } from './principalComponents.ts'
import type { PageFigureSource } from './usePageFigure.ts'

export type LatentFigureName =
  | 'manifold'
  | 'scatter'
  | 'traversals'
  | 'interpolations'
  | 'reconstructions'
  | 'samples'

const VALUES = [-3, -2, -1, 0, 1, 2, 3]

/** The width of images of which so many, each with a gap, have to fit beside what else there is. */
function cellIn(width: number, columns: number, others: number, gap = 4): number {
  return Math.max(8, Math.floor((width - others) / columns) - gap)
}

/** The figures of the page about latent spaces; all but the scatter are as high as their images make them. */
export const latentFigures: Readonly<Record<LatentFigureName, PageFigureSource>> = {
  manifold: {
    size: { width: 622, height: 628 },
    narrow: 0.98,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(manifoldPoints(12))
      const title = 'Two principal components'
      return ({ width }) => latentManifold({ images, ...size, cellWidth: cellIn(width, 12, 94, 0), title })
    },
  },
  scatter: {
    size: { width: 560, height: 560 },
    narrow: 1,
    async make() {
      const { encode, images, labels } = await principalComponents()
      const z = encode(images, 2)
      return (box) => latentScatter({ z, labels, title: 'A thousand digits', ...box })
    },
  },
  traversals: {
    size: { width: 475, height: 442 },
    narrow: 1.04,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(traversalPoints(new Float64Array(6), { values: VALUES }))
      const title = 'One component at a time'
      return ({ width }) =>
        traversals({ images, values: VALUES, ...size, cellWidth: cellIn(width, 7, 55), title })
    },
  },
  interpolations: {
    size: { width: 508, height: 262 },
    narrow: 1.71,
    async make() {
      const { encode, decode, images, size } = await principalComponents()
      const z = encode(images, 20).toNested<number[][]>()
      const between = decode(interpolationPoints(z.slice(0, 3), z.slice(3, 6), { steps: 8 }))
      const title = 'From digit to digit'
      return ({ width }) =>
        interpolations({ images: between, steps: 8, ...size, cellWidth: cellIn(width, 8, 28), title })
    },
  },
  reconstructions: {
    size: { width: 621, height: 180 },
    narrow: 1.24,
    async make() {
      const { encode, decode, images, size } = await principalComponents()
      const originals = new NdArray(images.data.slice(0, 8 * 196), [8, 196])
      const reconstructed = decode(encode(originals, 20))
      const title = 'Twenty components'
      return ({ width }) => {
        const columns = width < 480 ? 4 : 8
        const cellWidth = cellIn(width, columns, 141)
        return reconstructions({ originals, reconstructed, ...size, columns, cellWidth, title })
      }
    },
  },
  samples: {
    size: { width: 508, height: 240 },
    narrow: 1.92,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(random.normal(key(0), [24, 20]))
      const title = 'Drawn from the prior'
      return ({ width }) =>
        imageGrid({ images, ...size, columns: 8, cellWidth: cellIn(width, 8, 28), gap: 4, title })
    },
  },
}
