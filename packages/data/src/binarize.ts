import type { Resampling } from './resampled.ts'

/**
 * Pixels that are 1 with the probability that their brightness is, else 0: for `resampled`. A function of tensors, which `compile`
 * takes.
 *
 * @see Salakhutdinov and Murray, On the Quantitative Analysis of Deep Belief Networks (ICML 2008); Burda, Grosse and Salakhutdinov,
 *   Importance Weighted Autoencoders (ICLR 2016), appendix D.
 *
 * @example
 * ```ts
 * import { ndarray } from '@variate/core'
 * import { binarize, resampled } from '@variate/data'
 *
 * const image = ndarray(Float32Array.of(0, 0.5, 1), [1, 3])
 * resampled(image, binarize).kind // => 'resampled'
 * ```
 */
export const binarize: Resampling = /* @__PURE__ */ Object.assign(
  (...[key, brightness, { cast, drawUniform, less }]: Parameters<Resampling>) =>
    cast(less(drawUniform(key, brightness.shape), brightness), 'float32'),
  { range: [0, 1] as const },
)
