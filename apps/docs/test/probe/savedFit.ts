import '@tensorflow/tfjs-backend-cpu'
import { bernoulli, normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'

/** What a fit that is loaded tells. */
export interface LoadedFit {
  readonly elbo: number
  /** Of q of some images, and of images at some codes. */
  readonly means: readonly number[]
  readonly decoded: readonly number[]
}

const PIXELS = 9
const images = Array.from({ length: 12 }, (_, i) =>
  Array.from({ length: PIXELS }, (_pixel, j) => +(Math.sin(3 * i + 7 * j) > 0)),
)

function autoencoder() {
  const vae = model('vae')
    .network('decoder', mlp([2, 8, PIXELS]))
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
    )
  const encoder = { z: { from: 'x', network: mlp([PIXELS, 8], { output: 'relu' }) } } as const
  return amortized(vae, { encoder, batch: { image: 4 }, epochs: 10 })
}

/** The bytes of a fit. */
export async function savedFit(): Promise<readonly number[]> {
  const fit = await autoencoder().fit({ x: images }, { seed: 0 })
  return [...fit.toBytes()]
}

/** A fit of these bytes. */
export async function loadedFit(bytes: readonly number[]): Promise<LoadedFit> {
  const fit = await autoencoder().load(Uint8Array.from(bytes))
  const { mean } = await fit.encode(images)
  const { x } = await fit.decode([
    [0, 0],
    [1, -2],
  ])
  return { elbo: fit.elbo, means: [...mean.z.data], decoded: [...x.data] }
}
