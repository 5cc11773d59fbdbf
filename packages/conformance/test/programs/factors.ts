import * as tf from '@tensorflow/tfjs-core'
import { logSumExp } from '@variate/core/ops'
import { dirichletMultinomial, normal } from '@variate/distributions'
import { mapped, noise, whole, type Program } from './program.ts'

/** 1000 points in the plane, 4 components with diagonal covariances. */
export const gaussianMixture: Program = {
  name: 'Gaussian mixture',
  variables: {
    means: noise(50, 4, 2),
    logScales: mapped(noise(51, 4, 2), (x) => 0.3 * x),
    logits: noise(52, 4),
  },
  data: { x: noise(53, 1000, 2) },
  f: ({ means, logScales, logits }, { x }) => {
    const densities = normal(means!, tf.exp(logScales!)).logProb(tf.expandDims(x!, 1))
    return tf.sum(logSumExp(tf.add(tf.sum(densities, -1), tf.logSoftmax(logits!)), -1))
  },
}

/** A bound of latent Dirichlet allocation: 50 documents, 8 topics, 200 words. */
export const topics: Program = {
  name: 'topics of documents',
  variables: { theta: noise(54, 50, 8), phi: noise(55, 8, 200) },
  data: { counts: mapped(whole(4, 56, 50, 200), (k) => k) },
  f: ({ theta, phi }, { counts }) => {
    const words = tf.matMul(tf.softmax(theta!), tf.softmax(phi!))
    const prior = tf.add(tf.sum(tf.logSoftmax(theta!)), tf.mul(0.1, tf.sum(tf.logSoftmax(phi!))))
    return tf.add(tf.sum(tf.mul(counts!, tf.log(words))), prior)
  },
}

export const groupsOfCounts: Program = {
  name: 'Dirichlet-multinomial',
  variables: { logits: noise(57, 6), logPrecision: { shape: [], data: [1.5] } },
  data: { counts: counts(100, 6, 30) },
  f: ({ logits, logPrecision }, { counts: seen }) => {
    const concentration = tf.mul(tf.softmax(logits!), tf.exp(logPrecision!))
    return tf.sum(dirichletMultinomial(concentration, 30).logProb(seen!))
  },
}

/** Ratings of 100 × 80, a fifth of them known, of rank 5. */
export const matrixFactors: Program = {
  name: 'matrix factorization',
  variables: { u: noise(59, 100, 5), v: noise(60, 80, 5), bias: noise(61, 80) },
  data: { ratings: noise(62, 100, 80), known: mapped(whole(5, 63, 100, 80), (k) => +(k === 0)) },
  f: ({ u, v, bias }, { ratings, known }) => {
    const rest = tf.sub(ratings!, tf.add(tf.matMul(u!, v!, false, true), bias!))
    const penalty = tf.add(tf.sum(tf.square(u!)), tf.sum(tf.square(v!)))
    return tf.add(tf.sum(tf.mul(known!, tf.square(rest))), tf.mul(0.05, penalty))
  },
}

/** One head of causal self-attention over 32 places of 16 features, with a residual and a layer norm. */
export const attention: Program = {
  name: 'masked attention',
  variables: { q: noise(64, 16, 16), k: noise(65, 16, 16), v: noise(66, 16, 16), gain: noise(67, 16) },
  data: {
    x: noise(68, 4, 32, 16),
    mask: { shape: [32, 32], data: Array.from({ length: 1024 }, (_, i) => +(i % 32 <= i / 32)) },
  },
  f: ({ q, k, v, gain }, { x, mask }) => {
    const [queries, keys, values] = [q, k, v].map((w) => project(x!, w!)) as [tf.Tensor, tf.Tensor, tf.Tensor]
    const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / 4)
    const masked = tf.where(tf.cast(mask!, 'bool'), scores, tf.fill(scores.shape, -1e9))
    const y = tf.add(x!, tf.matMul(tf.softmax(masked), values))
    const { mean, variance } = tf.moments(y, -1, true)
    const normed = tf.mul(tf.div(tf.sub(y, mean), tf.sqrt(tf.add(variance, 1e-5))), gain!)
    return tf.mean(tf.square(tf.relu(normed)))
  },
}

/** Linear in the last axis, as layers are. */
function project(x: tf.Tensor, w: tf.Tensor): tf.Tensor {
  const rows = tf.reshape(x, [-1, w.shape[0]!])
  return tf.reshape(tf.matMul(rows, w), [...x.shape.slice(0, -1), w.shape[1]!])
}

/** Rows of counts that add up to `total`. */
function counts(rows: number, columns: number, total: number): { shape: number[]; data: number[] } {
  const { data } = whole(columns, 58, rows, total)
  const out = Array.from({ length: rows * columns }, () => 0)
  Array.from(data).forEach((column, i) => out[Math.floor(i / total) * columns + column]!++)
  return { shape: [rows, columns], data: out }
}
