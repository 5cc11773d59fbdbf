import { mnist, oldFaithful, poolImages } from '@variate/data'
import { gaussianMixture, kMeans, selectMixture } from '@variate/models'
import { densityContours, imageGrid, selection, trace } from '@variate/plot'
import { latentFigures, type LatentFigureName } from './latentFigures.ts'
import type { PageFigureSource } from './usePageFigure.ts'

export type FigureName = 'contours' | 'trace' | 'selection' | 'images' | LatentFigureName

/** The figures of the pages, each computed by the library from the data. */
export const pageFigures: Readonly<Record<FigureName, PageFigureSource>> = {
  contours: {
    size: { width: 640, height: 460 },
    narrow: 1,
    async make() {
      const x = oldFaithful()
      const fit = await gaussianMixture({ components: 2 }).fit(x)
      const { logProb, means } = fit
      return (size) =>
        densityContours({ x, logProb, groups: fit.predict(x), means, title: 'Old Faithful', ...size })
    },
  },
  trace: {
    size: { width: 640, height: 300 },
    narrow: 1.3,
    async make() {
      const fit = await gaussianMixture({ components: 2 }).fit(oldFaithful(), { init: 'random' })
      const series = fit.history.map(({ logLikelihood }) => logLikelihood)
      return (size) => trace({ series, label: 'log-likelihood (nats)', title: 'EM climbs', ...size })
    },
  },
  selection: {
    size: { width: 640, height: 380 },
    narrow: 1.1,
    async make() {
      const { candidates } = await selectMixture(oldFaithful(), { components: [1, 2, 3, 4, 5], restarts: 4 })
      const rows = candidates.map(({ components, covariance, fit }) => ({
        components,
        covariance,
        bic: fit?.bic ?? null,
      }))
      return (size) => selection({ rows, title: 'How many components?', ...size })
    },
  },
  images: {
    size: { width: 560, height: 268 },
    narrow: 2,
    async make() {
      const { images } = await mnist({ count: 1000 })
      const small = poolImages(images, { height: 28, width: 28, by: 2 })
      const { centers } = await kMeans({ clusters: 10 }).fit(small, { restarts: 3 })
      const title = 'k-means on a thousand digits'
      return () => imageGrid({ images: centers, height: 14, width: 14, title })
    },
  },
  ...latentFigures,
}
