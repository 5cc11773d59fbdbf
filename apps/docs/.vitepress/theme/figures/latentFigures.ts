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

/** The figures of the page about latent spaces; all but the scatter are as large as their images make them. */
export const latentFigures: Readonly<Record<LatentFigureName, PageFigureSource>> = {
  manifold: {
    size: { width: 622, height: 628 },
    narrow: 0.99,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(manifoldPoints(12))
      return () => latentManifold({ images, ...size, cellWidth: 44, title: 'Two principal components' })
    },
  },
  scatter: {
    size: { width: 560, height: 560 },
    narrow: 1,
    async make() {
      const { encode, images, labels } = await principalComponents()
      const z = encode(images, 2)
      return (size) => latentScatter({ z, labels, title: 'A thousand digits', ...size })
    },
  },
  traversals: {
    size: { width: 475, height: 442 },
    narrow: 1.07,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(traversalPoints(new Float64Array(6), { values: VALUES }))
      return () => traversals({ images, values: VALUES, ...size, title: 'One component at a time' })
    },
  },
  interpolations: {
    size: { width: 508, height: 262 },
    narrow: 1.94,
    async make() {
      const { encode, decode, images, size } = await principalComponents()
      const z = encode(images, 20).toNested<number[][]>()
      const images9 = decode(interpolationPoints(z.slice(0, 3), z.slice(3, 6), { steps: 8 }))
      return () => interpolations({ images: images9, steps: 8, ...size, title: 'From digit to digit' })
    },
  },
  reconstructions: {
    size: { width: 621, height: 180 },
    narrow: 3.45,
    async make() {
      const { encode, decode, images, size } = await principalComponents()
      const originals = new NdArray(images.data.slice(0, 8 * 196), [8, 196])
      const reconstructed = decode(encode(originals, 20))
      return () => reconstructions({ originals, reconstructed, ...size, title: 'Twenty components' })
    },
  },
  samples: {
    size: { width: 508, height: 240 },
    narrow: 2.12,
    async make() {
      const { decode, size } = await principalComponents()
      const images = decode(random.normal(key(0), [24, 20]))
      return () =>
        imageGrid({ images, ...size, columns: 8, cellWidth: 56, gap: 4, title: 'Drawn from the prior' })
    },
  },
}
