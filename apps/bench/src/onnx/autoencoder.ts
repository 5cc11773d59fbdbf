import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import type { NdArray } from '@variate/core'
import { ndarray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { reals } from './data.ts'
import type { OnnxProgram } from './programs.ts'

const PIXELS = 12

const vae = model('vae')
  .network('decoder', mlp([3, 16, PIXELS]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )

/** A part of an autoencoder that `amortized` fitted, by `toOnnx` of the fit, for more examples than it saw at once. */
export async function autoencoder(part: 'encoder' | 'decoder'): Promise<OnnxProgram> {
  const pixels = reals([20, PIXELS], 1, (x) => +(x > 0))
  const encoder = { z: { from: 'x', network: mlp([PIXELS, 16], { output: 'relu' }) } } as const
  const fit = await amortized(vae, { encoder, batch: { image: 10 }, epochs: 5 }).fit(
    { x: ndarray(Float32Array.from(pixels.data), [20, PIXELS]) },
    { seed: 0 },
  )
  const tensorOf = ({ data, shape }: NdArray): Tensor =>
    tensor(Float32Array.from(data), [...shape], 'float32')
  const name = `${part} of a fit`
  if (part === 'encoder') {
    const brightnesses = reals([50, PIXELS], 2, (x) => 0.5 + 0.5 * x)
    const { mean, variance } = await fit.encode(ndarray(Float32Array.from(brightnesses.data), [50, PIXELS]))
    const scales = ndarray(variance.z.data.map(Math.sqrt), variance.z.shape)
    return {
      name,
      model: await fit.toOnnx(part),
      inputs: { x: brightnesses },
      expected: {
        'mean.z': tensorOf(mean.z),
        'variance.z': tensorOf(variance.z),
        'parameters.z.loc': tensorOf(mean.z),
        'parameters.z.scale': tensorOf(scales),
      },
    }
  }
  const z = reals([50, 3], 3, (x) => 2 * x)
  const { x } = await fit.decode(ndarray(Float32Array.from(z.data), [50, 3]))
  const logits = ndarray(
    x.data.map((own) => Math.log(own / (1 - own))),
    x.shape,
  )
  return {
    name,
    model: await fit.toOnnx(part),
    inputs: { z },
    expected: { 'mean.x': tensorOf(x), 'parameters.x.logits': tensorOf(logits) },
  }
}
