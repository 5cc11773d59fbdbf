import * as tf from '@tensorflow/tfjs-core'
import { digamma, erf, lgamma, logNdtr, pow, xlogy } from '@variate/core/ops'

/** What an engine may compute otherwise in the last bits, of numbers and as a function of a tensor of them. */
export const FUNCTIONS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  exp: tf.exp,
  expm1: tf.expm1,
  log: tf.log,
  log1p: tf.log1p,
  sigmoid: tf.sigmoid,
  softplus: tf.softplus,
  tanh: tf.tanh,
  sin: tf.sin,
  cos: tf.cos,
  tan: tf.tan,
  atan: tf.atan,
  pow: (x) => pow(x, 0.3),
  xlogy: (x) => xlogy(x, x),
  erf: (x) => erf(x) as tf.Tensor,
  lgamma: (x) => lgamma(x) as tf.Tensor,
  digamma: (x) => digamma(x) as tf.Tensor,
  logNdtr: (x) => logNdtr(x) as tf.Tensor,
}

/** Numbers of which, in one place or another, tables of Math.exp and its like are wrong in the last bit. */
export const NUMBERS: readonly number[] = Array.from(
  { length: 40 },
  (_, i) => 0.0625 + ((i * 40503) % 97) / 16,
)
