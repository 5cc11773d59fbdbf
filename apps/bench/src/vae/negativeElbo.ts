import type { Tensor } from '@tensorflow/tfjs-core'
import { add, exp, matMul, maximum, mean, mul, slice, softplus, square, sub, sum } from '@variate/core/ops'
import type { Parameters } from './parameters.ts'

/**
 * −ELBO of a variational autoencoder, in nats, the mean of a batch: q(z|x) a diagonal Gaussian, z ~ N(0, I), pixels Bernoulli by
 * their logits. KL(q‖p) = ½ Σ (μ² + σ² − 1 − 2 log σ) is exact, the rest is estimated with one draw.
 *
 * @param pixels [batch, pixels], of 0 and 1.
 * @param noise [batch, latents], of N(0, 1).
 * @see Kingma and Welling, Auto-Encoding Variational Bayes (ICLR 2014), appendices B and C.
 */
export function negativeElbo(of: Parameters<Tensor>, pixels: Tensor, noise: Tensor): Tensor {
  const [batch, latents] = noise.shape as [number, number]
  const code = linear(relu(linear(pixels, of.encoder, of.encoderBias)), of.code, of.codeBias)
  const mu = slice(code, [0, 0], [batch, latents])
  const logSigma = slice(code, [0, latents], [batch, latents])
  const sigma = exp(logSigma)
  const z = add(mu, mul(sigma, noise))
  const logits = linear(relu(linear(z, of.decoder, of.decoderBias)), of.image, of.imageBias)
  const kl = mul(0.5, sum(sub(sub(add(square(mu), square(sigma)), 1), mul(2, logSigma)), 1))
  const reconstruction = sum(sub(softplus(logits), mul(pixels, logits)), 1)
  return mean(add(kl, reconstruction))
}

function linear(x: Tensor, weights: Tensor, bias: Tensor): Tensor {
  return add(matMul(x, weights), bias)
}

function relu(x: Tensor): Tensor {
  return maximum(x, 0)
}
