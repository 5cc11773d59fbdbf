import { formatTable, NdArray } from '@variate/core'
import { mnist, type Mnist } from '@variate/data'
import type { GaussianMixtureFit } from '@variate/models'
import { imageGrid, trace } from '@variate/plot'
import { digitClusters, purity, type DigitCluster } from './digitClusters.ts'
import { COMPONENTS, fitDigits, FLOOR, TOLERANCE, type DigitsFit } from './fitDigits.ts'
import { formatNumber, formatSeconds, formatShare } from './format.ts'
import type { Tour } from './tour.ts'

/** What does a mixture of ten Gaussians make of handwritten digits, when it is not told what they show? */
export async function digits(tour: Tour): Promise<void> {
  const { output, quick, signal } = tour
  const data = await mnist({ count: quick ? 1000 : 10_000 })
  output.heading('3  MNIST: ten Gaussians for ten digits?')
  output.say(
    `${formatNumber(data.images.shape[0]!)} handwritten digits of ${data.height} × ${data.width} pixels, brightness ` +
      `0 to 1. EM fits a mixture of ${COMPONENTS} Gaussians with diagonal covariances, no variance below ${FLOOR}, ` +
      `starting from the clusters of k-means. Nobody tells it which digit an image shows.`,
  )
  const fitted = await fitDigits(tour, data)
  if (fitted === undefined) {
    output.say('**Stopped** before the first iteration of EM: there is nothing to show yet.')
    return
  }
  const { fit } = fitted
  const clusters = digitClusters(fit.predict(data.images).data, data.labels.data)
  if (signal.aborted) output.say(`**Stopped** after ${fit.iterations} iterations of EM: the best so far.`)
  output.lines(figures(fitted, data, clusters))
  output.lines(contents(clusters, fit))
  await draw(tour, data, fit, clusters)
}

function figures({ fit, clusters, seconds }: DigitsFit, { labels }: Mnist, found: DigitCluster[]): string {
  const always = purity(digitClusters(new Int32Array(labels.size), labels.data))
  const byKMeans = purity(digitClusters(clusters, labels.data))
  return [
    `log-likelihood  ${formatNumber(fit.logLikelihood / fit.observations, 2)} nats per image`,
    `iterations      ${fit.iterations}, ${endOf(fit)}`,
    `time            ${formatSeconds(seconds.kMeans)} for k-means, ${formatSeconds(seconds.em)} for EM`,
    `purity          **${formatShare(purity(found), 1)}** of the images show the main digit of their component`,
    `                (k-means alone ${formatShare(byKMeans, 1)}, a single component ${formatShare(always, 1)})`,
  ].join('\n')
}

function endOf({ termination: { kind } }: GaussianMixtureFit): string {
  if (kind === 'converged') return `the last of which gained less than ${TOLERANCE} nats per image`
  return kind === 'limit' ? 'the limit: it was still gaining' : 'not converged'
}

/** A row for each component, by its main digit: its weight, and the digits that a tenth or more of its images show. */
function contents(clusters: readonly DigitCluster[], { weights }: GaussianMixtureFit): string {
  const parts = clusters.map(({ images, digits: held }) => {
    const shown = held.filter(({ count }) => count >= 0.1 * images)
    return shown.map(({ digit, count }) => `${digit} (${formatShare(count / images)})`).join('  ')
  })
  const width = Math.max(...parts.map((part) => part.length))
  const rows = clusters.map(({ component, images, digits: [main] }, row) => [
    `mostly ${main!.digit}`,
    formatShare(weights.at(component), 1),
    formatNumber(images),
    parts[row]!.padEnd(width),
  ])
  return formatTable(['component', 'weight', 'images', 'digits'.padEnd(width)], rows)
}

async function draw(
  { pictures }: Tour,
  { height, width }: Mnist,
  fit: GaussianMixtureFit,
  clusters: readonly DigitCluster[],
): Promise<void> {
  const pixels = height * width
  const images = new Float64Array(clusters.length * pixels)
  for (const [row, { component }] of clusters.entries()) {
    images.set(fit.means.data.subarray(component * pixels, (component + 1) * pixels), row * pixels)
  }
  const title = 'MNIST: the means of ten Gaussians'
  const grid = imageGrid({
    images: new NdArray(images, [clusters.length, pixels]),
    height,
    width,
    title,
    subtitle: 'Weight of each component, and the digit that most of its images show',
    labels: clusters.map(({ component, images: held, digits: [main] }) => {
      const weight = `weight ${formatShare(fit.weights.at(component), 1)}`
      return `${weight}\n${formatShare(main!.count / held)} show ${main!.digit}`
    }),
  })
  await pictures.save('digits-means', grid, 'the mean of each component as an image')
  const series = fit.history.map(({ logLikelihood }) => logLikelihood / fit.observations)
  const label = 'log-likelihood (nats per image)'
  const subtitle = 'EM never makes it fall'
  const likelihood = trace({ series, label, title: 'MNIST: a mixture of ten Gaussians', subtitle })
  await pictures.save('digits-likelihood', likelihood, 'log-likelihood per iteration')
}
