import type { Mnist } from '@variate/data'
import { gaussianMixture, kMeans, type GaussianMixtureFit } from '@variate/models'
import { formatNumber } from './format.ts'
import type { Tour } from './tour.ts'

export const COMPONENTS = 10
/** The smallest variance of a pixel: those that are blank in all images of a component would have 0. */
export const FLOOR = 0.05
/** Nats per image: EM ends with the iteration that gains less. */
export const TOLERANCE = 1e-3

export interface DigitsFit {
  readonly fit: GaussianMixtureFit
  /** The cluster of each image by k-means, where EM began. */
  readonly clusters: Int32Array
  readonly seconds: { readonly kMeans: number; readonly em: number }
}

/** k-means, then EM from its centres; undefined where it was stopped before EM's first iteration. */
export async function fitDigits(
  { progress, quick, signal }: Tour,
  { images }: Mnist,
): Promise<DigitsFit | undefined> {
  const begin = performance.now()
  let bar = progress('at most')
  try {
    bar.show(undefined, 'k-means, to find where to begin')
    const start = await kMeans({ clusters: COMPONENTS }).fit(images, { restarts: 1, signal })
    signal.throwIfAborted()
    const middle = performance.now()

    bar.clear()
    bar = progress('at most')
    bar.show(0, 'EM')
    const fit = await gaussianMixture({ components: COMPONENTS, covariance: 'diagonal' }).fit(images, {
      init: { means: start.centers },
      regularization: FLOOR,
      tolerance: TOLERANCE,
      maxIterations: quick ? 10 : 60,
      signal,
      onProgress: ({ iteration, maxIterations, logLikelihood }) => {
        const nats = formatNumber(logLikelihood / images.shape[0]!, 2)
        bar.show(iteration / maxIterations, `iteration ${iteration}: ${nats} nats per image`)
      },
    })
    const seconds = { kMeans: (middle - begin) / 1000, em: (performance.now() - middle) / 1000 }
    return { fit, clusters: start.labels.data, seconds }
  } catch (error) {
    if (signal.aborted) return undefined
    throw error
  } finally {
    bar.clear()
  }
}
