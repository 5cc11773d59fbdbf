import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { binarize, mnist, resampled } from '@variate/data'
import { adam, type AmortizedFit } from '@variate/inference'
import { vae, type VaeTypes } from '@variate/models/autoencoders'
import { latentManifold, latentScatter, manifoldPoints, trace } from '@variate/plot'
import { formatNumber, formatSeconds } from './format.ts'
import type { Tour } from './tour.ts'

type VaeFit = AmortizedFit<VaeTypes>

/** Digits that are kept apart, to judge by. */
const TEST = 1000
/** Draws by which log p(x) of a digit is estimated. */
const PARTICLES = 100
/** Digits along each side of the picture of the latent space. */
const SIDE = 20

/** Two numbers for each digit: a network that writes digits, and one that reads them, learn together. */
export async function autoencoder(tour: Tour): Promise<void> {
  const { output, quick, signal } = tour
  const { images, labels, height, width } = await mnist({ count: quick ? 1500 : 10_000 })
  const count = images.shape[0]! - TEST
  const [train, test] = [rowsOf(images, 0, count), rowsOf(images, count, count + TEST)]
  const epochs = quick ? 2 : 20
  output.heading('4  MNIST: a network that writes digits')
  output.say(
    `A variational autoencoder: each digit is made of two hidden numbers by a network, the decoder, and a second one, the encoder, ` +
      `tells which two a digit was made of. Both learn from ${formatNumber(count)} digits without their labels, taken ${epochs} ` +
      `times each; ${formatNumber(TEST)} others judge them.`,
  )
  const bar = tour.progress('about')
  bar.show(0, 'compiling')
  const begin = performance.now()
  let fit: VaeFit
  try {
    fit = await vae({ latents: 2, epochs, optimizer: adam({ rate: 0.002 }) }).fit(
      { x: resampled(train, binarize) },
      {
        seed: 0,
        signal,
        onProgress: ({ epoch, step, steps, elbo }) =>
          bar.show(step / steps, `epoch ${epoch}: ELBO ${formatNumber(elbo, 2)} nats per image`),
      },
    )
  } finally {
    bar.clear()
  }
  const seconds = (performance.now() - begin) / 1000
  if (fit.history.length === 0) {
    output.say('**Stopped** before the first epoch had ended: there is nothing to show yet.')
    return
  }
  if (signal.aborted)
    output.say(`**Stopped** after ${fit.history.length} of ${epochs} epochs: the fit so far.`)
  const { logLikelihood } = await fit.estimateLogLikelihood(test, { particles: PARTICLES, seed: 1 })
  output.lines(figures(fit, logLikelihood, seconds))
  await draw(tour, fit, test, { labels: labels.data.subarray(count), height, width })
}

function figures({ elbo, history }: VaeFit, logLikelihood: number, seconds: number): string {
  const { reconstruction, kl } = history.at(-1)!
  return [
    `ELBO            ${formatNumber(elbo, 2)} nats per image`,
    `                (the last epoch: reconstruction ${formatNumber(reconstruction, 2)}, divergence ${formatNumber(kl, 2)})`,
    `log-likelihood  **${formatNumber(logLikelihood, 2)} nats** for each digit that it has not seen`,
    `time            ${formatSeconds(seconds)} for ${history.length} epochs`,
  ].join('\n')
}

interface Shown {
  readonly labels: Int32Array
  readonly height: number
  readonly width: number
}

async function draw(
  { pictures }: Tour,
  fit: VaeFit,
  test: NdArray<Float32Array>,
  { labels, height, width }: Shown,
): Promise<void> {
  const { x } = await fit.decode(manifoldPoints(SIDE))
  const written = latentManifold({
    images: x,
    height,
    width,
    title: 'MNIST: what the decoder writes',
    subtitle: 'Each digit is made of the two numbers at its place',
  })
  await pictures.save('vae-manifold', written, 'digits that the decoder makes of two numbers')
  const { mean } = await fit.encode(test)
  const places = latentScatter({
    z: mean.z,
    labels,
    title: 'MNIST: what the encoder reads',
    subtitle: 'Where it puts digits that it has not seen; colours are their labels, which nobody told it',
  })
  await pictures.save('vae-latents', places, 'where the encoder puts digits')
  const climbs = trace({
    series: fit.history.map(({ elbo }) => elbo),
    label: 'ELBO (nats per image)',
    step: 'epoch',
    title: 'MNIST: a variational autoencoder',
    subtitle: 'The mean over the steps of each epoch',
  })
  await pictures.save('vae-elbo', climbs, 'the evidence lower bound, epoch by epoch')
}

function rowsOf({ data, shape }: NdArray<Float32Array>, from: number, to: number): NdArray<Float32Array> {
  const size = shape[1]!
  return new NdArray(data.subarray(from * size, to * size), [to - from, size])
}
