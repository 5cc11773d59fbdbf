import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, reshape, stopGradient, sub } from '@variate/core/ops'
import { laplace, normal, oneHotCategorical, studentT, type Distribution } from '@variate/distributions'
import { relaxedReparameterization, vimco } from '@variate/estimators'
import { planarFlow } from '@variate/families'
import {
  categoricalDecoder,
  conditionalVae,
  diagonalGaussianDecoder,
  discretizedLogisticDecoder,
  fullGaussianDecoder,
  gaussianDecoder,
  mixturePriorVae,
  vae,
  vampPriorVae,
} from '@variate/models/autoencoders'
import {
  deepMixture,
  discreteVae,
  flowVae,
  hierarchicalVae,
  neuralGaussian,
  sigmoidBeliefNetwork,
  vqVae,
} from '@variate/models/deep'

/** What the function of a site sees. */
type Seen = Readonly<Record<string, Tensor & ((x: Tensor) => Tensor)>>

/** A deep model of those that there are to be, and another distribution for one of its sites. */
export interface Listed {
  /** The file that declares it, below `src`. */
  readonly file: string
  /** The model, with a guide or an encoder, or with neither where each example has parameters of its own. */
  readonly made: { readonly model: object; readonly guide?: object; readonly encoder?: object }
  readonly data: Readonly<Record<string, unknown>>
  readonly site: string
  readonly instead: (seen: Seen) => Distribution
  /** What is climbed, where that is not the ELBO of one draw. */
  readonly bound?: { readonly beta?: number; readonly particles?: number }
  /** Of discrete latents all values, for one example. */
  readonly values?: readonly Readonly<Record<string, NdArray>>[]
  readonly estimator?: object
}

// There is something to learn without latents: what is frequent.
const bits = [[1, 1, 0], [0, 1, 0], [1, 1, 0], [1, 1, 0]] // prettier-ignore
const reals = [[0.3, -1.2], [1, 0.4], [-0.8, 0.9], [-1.5, -0.2]] // prettier-ignore
const levels = [[0, 3, 1], [2, 1, 3], [3, 3, 0], [1, 0, 2]] // prettier-ignore
const unit = (count: number, k: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i === k ? 1 : 0))
const letters = [[0, 2], [0, 2], [1, 2], [0, 2]].map((row) => row.map((k) => unit(3, k))) // prettier-ignore
const units = (rows: readonly (readonly number[])[]) =>
  new NdArray(Int32Array.from(rows.flat()), [1, rows.length, rows[0]!.length])

const small = { data: 3, latents: 2, hidden: [3], activation: 'tanh' } as const
const pairs = { ...small, data: 2 } as const
const sizes = { observed: 3, hidden: 3 } as const

/** A prior with heavier tails. */
const prior = { site: 'z', instead: () => studentT(5, [0, 0], 1) } as const
/** Bits as numbers about their log odds. */
const numbers = { site: 'x', instead: ({ z, decoder }: Seen) => normal(decoder!(z!), 0.5) } as const
const ofVae = (own: Omit<Listed, 'file' | 'site' | 'instead'>): Listed => ({
  file: 'autoencoder/vae.ts',
  ...prior,
  ...own,
})

const pair = [[0, 1], [1, 0]] // prettier-ignore
const codes = pair.flatMap((a) => pair.map((b) => ({ z: units([a, b]) })))
const discrete = {
  file: 'deep/discreteVae.ts',
  made: discreteVae({ ...sizes, latents: 2, categories: 2 }),
  data: { x: bits },
  values: codes,
  site: 'z',
  instead: () => oneHotCategorical({ logits: [[0, 1], [-1, 0]] }), // prettier-ignore
} as const
const hierarchical = (encoder: 'ladder' | 'topDown'): Listed => ({
  file: 'deep/hierarchicalVae.ts',
  made: hierarchicalVae({ ...sizes, widths: [2, 1], encoder }),
  data: { x: bits },
  site: 'z2',
  instead: () => studentT(5, [0], 1),
})
const layered = [0, 1, 2, 3, 4, 5, 6, 7].map((i) => ({
  z1: new NdArray(Int32Array.of(i & 1, (i >> 1) & 1), [1, 2]),
  z2: new NdArray(Int32Array.of(i >> 2), [1, 1]),
}))

export const LISTED: Readonly<Record<string, Listed>> = {
  'VAE, bits': ofVae({ made: vae(small), data: { x: bits } }),
  'VAE, normal of means': ofVae({
    made: vae({ ...pairs, decoder: gaussianDecoder({ scale: 0.7 }) }),
    data: { x: reals },
  }),
  'VAE, normal of means and variances': ofVae({
    made: vae({ ...pairs, decoder: diagonalGaussianDecoder({ leastScale: 0.1 }) }),
    data: { x: reals },
  }),
  'VAE, normal of any covariance': ofVae({
    made: vae({ ...pairs, decoder: fullGaussianDecoder({ leastScale: 0.1 }) }),
    data: { x: reals },
  }),
  'VAE, categories': ofVae({
    made: vae({ ...pairs, decoder: categoricalDecoder({ categories: 3 }) }),
    data: { x: letters },
  }),
  'VAE, levels': ofVae({
    made: vae({ ...small, decoder: discretizedLogisticDecoder({ levels: 4 }) }),
    data: { x: levels },
  }),
  'β-VAE': ofVae({ made: vae({ ...small, beta: 4 }), data: { x: bits }, bound: { beta: 4 } }),
  'importance-weighted autoencoder': ofVae({
    made: vae({ ...small, bound: 'importanceWeighted', particles: 3 }),
    data: { x: bits },
    bound: { particles: 3 },
  }),
  'conditional VAE': {
    file: 'autoencoder/conditionalVae.ts',
    made: conditionalVae({ ...small, conditions: 2 }),
    data: { x: bits, y: bits.map((row) => unit(2, row[0]!)) },
    ...prior,
  },
  'VAE with a mixture as its prior': {
    file: 'autoencoder/mixturePriorVae.ts',
    made: mixturePriorVae({ ...small, components: 2 }),
    data: { x: bits },
    ...numbers,
  },
  'VAE with a VampPrior': {
    file: 'autoencoder/vampPriorVae.ts',
    made: vampPriorVae({ ...small, components: 2 }),
    data: { x: bits },
    ...numbers,
  },
  'hierarchical VAE, ladder': hierarchical('ladder'),
  'hierarchical VAE, from the top down': hierarchical('topDown'),
  'discrete VAE, Gumbel-softmax': {
    ...discrete,
    estimator: relaxedReparameterization({ temperature: 0.5 }),
  },
  'discrete VAE, VIMCO': { ...discrete, estimator: vimco({ particles: 4 }) },
  'sigmoid belief network': {
    file: 'deep/sigmoidBeliefNetwork.ts',
    made: sigmoidBeliefNetwork({ observed: 3, widths: [2, 1] }),
    data: { x: bits },
    values: layered,
    estimator: vimco({ particles: 4 }),
    site: 'x',
    instead: ({ z1, decoder }) => normal(decoder!(z1!), 0.5),
  },
  'VQ-VAE': {
    file: 'deep/vqVae.ts',
    made: vqVae({ ...sizes, size: 2, codes: 3 }),
    data: { x: bits },
    site: 'x',
    // As it is declared: the decoder takes the code, and its vector of the codebook stands in its place.
    instead: ({ code, quantized, decoder }) =>
      laplace(decoder!(reshape(add(code!, stopGradient(sub(quantized!, code!))), [2])), 0.5),
  },
  'VAE with a flow as its posterior': {
    file: 'deep/flowVae.ts',
    made: flowVae({ ...sizes, latents: 2, flow: planarFlow({ layers: 2 }) }),
    data: { x: bits },
    ...prior,
  },
  'deep mixture': {
    file: 'deep/deepMixture.ts',
    made: deepMixture({ ...sizes, components: 2, latents: 2 }),
    data: { x: bits },
    values: pair.map((own) => ({ c: new NdArray(Int32Array.from(own), [1, 2]) })),
    estimator: vimco({ particles: 4 }),
    ...numbers,
  },
  'neural Gaussian decoder, parameters of each example': {
    file: 'deep/neuralGaussian.ts',
    made: { model: neuralGaussian({ ...sizes, observed: 2, latents: 2 }).model },
    data: { x: reals },
    ...prior,
  },
}
