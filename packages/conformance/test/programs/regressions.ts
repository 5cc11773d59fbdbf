import * as tf from '@tensorflow/tfjs-core'
import { logNdtr } from '@variate/core/ops'
import {
  bernoulli,
  categorical,
  halfCauchy,
  multivariateNormal,
  normal,
  orderedLogistic,
  poisson,
  studentT,
} from '@variate/distributions'
import { mapped, noise, whole, type Program } from './program.ts'

const linear = (x: tf.Tensor, w: tf.Tensor): tf.Tensor =>
  tf.reshape(tf.matMul(x, tf.reshape(w, [-1, 1])), [-1])

/** The marginal likelihood of a Bayesian linear regression: y ~ N(0, σ² I + τ² X Xᵀ), 60 × 8. */
export const marginalOfLinear: Program = {
  name: 'Bayesian linear regression, marginal',
  variables: { logSigma: { shape: [], data: [-0.5] }, logTau: { shape: [], data: [0.3] } },
  data: { x: noise(20, 60, 8), y: noise(21, 60) },
  f: ({ logSigma, logTau }, { x, y }) => {
    const gram = tf.matMul(x!, x!, false, true)
    const [noiseOf, prior] = [tf.exp(tf.mul(2, logSigma!)), tf.exp(tf.mul(2, logTau!))]
    const covariance = tf.add(tf.mul(noiseOf, tf.eye(60)), tf.mul(prior, gram))
    return multivariateNormal(tf.zeros([60]), { covariance }).logProb(y!)
  },
}

export const poissonRegression: Program = {
  name: 'Poisson regression',
  variables: { w: mapped(noise(22, 6), (x) => 0.4 * x), b: { shape: [], data: [0.2] } },
  data: { x: noise(23, 500, 6), y: mapped(whole(6, 24, 500), (k) => k) },
  f: ({ w, b }, { x, y }) => {
    const rate = tf.exp(tf.add(linear(x!, w!), b!))
    return tf.add(tf.sum(poisson(rate).logProb(y!)), tf.sum(normal(0, 1).logProb(w!)))
  },
}

export const ordinalRegression: Program = {
  name: 'ordinal regression',
  variables: {
    w: noise(25, 4),
    first: { shape: [], data: [-1] },
    gaps: { shape: [3], data: [-0.3, 0.1, 0.2] },
  },
  data: { x: noise(26, 400, 4), y: mapped(whole(5, 27, 400), (k) => k) },
  f: ({ w, first, gaps }, { x, y }) => {
    const cutpoints = tf.cumsum(tf.concat([tf.reshape(first!, [1]), tf.exp(gaps!)]))
    return tf.sum(orderedLogistic(linear(x!, w!), cutpoints).logProb(y!))
  },
}

export const probit: Program = {
  name: 'probit regression',
  variables: { w: noise(28, 6) },
  data: { x: noise(29, 500, 6), y: mapped(whole(2, 30, 500), (k) => 2 * k - 1) },
  f: ({ w }, { x, y }) => tf.sum(logNdtr(tf.mul(y!, linear(x!, w!))) as tf.Tensor),
}

export const logisticWithInteractions: Program = {
  name: 'logistic regression with interactions',
  variables: { w: noise(31, 15), intercept: { shape: [], data: [0.1] } },
  data: { x: noise(32, 300, 5), y: mapped(whole(2, 33, 300), (k) => k) },
  f: ({ w, intercept }, { x, y }) => {
    const columns = tf.unstack(x!, 1)
    const pairs = columns.flatMap((a, i) => columns.slice(i + 1).map((b) => tf.mul(a, b)))
    const features = tf.stack([...columns, ...pairs], 1)
    const logits = tf.add(linear(features, w!), intercept!)
    return tf.sum(bernoulli({ logits }).logProb(y!))
  },
}

export const studentRegression: Program = {
  name: 'Student-t regression',
  variables: { w: noise(34, 6), logScale: { shape: [], data: [-0.7] }, logDf: { shape: [], data: [1.3] } },
  data: { x: noise(35, 500, 6), y: noise(36, 500) },
  f: ({ w, logScale, logDf }, { x, y }) =>
    tf.sum(studentT(tf.exp(logDf!), linear(x!, w!), tf.exp(logScale!)).logProb(y!)),
}

export const softmaxRegression: Program = {
  name: 'softmax regression',
  variables: { w: noise(37, 20, 10), b: noise(38, 10) },
  data: { x: noise(39, 500, 20), y: mapped(whole(10, 40, 500), (k) => k) },
  f: ({ w, b }, { x, y }) => {
    const logits = tf.add(tf.matMul(x!, w!), b!)
    return tf.sub(tf.sum(categorical({ logits }).logProb(y!)), tf.mul(0.01, tf.sum(tf.square(w!))))
  },
}

/** y ~ N(X w, 1), wᵢ = zᵢ λᵢ τ, all scales half-Cauchy. */
export const horseshoe: Program = {
  name: 'horseshoe prior',
  variables: { z: noise(41, 50), logLambda: noise(42, 50), logTau: { shape: [], data: [-1] } },
  data: { x: noise(43, 100, 50), y: noise(44, 100) },
  f: ({ z, logLambda, logTau }, { x, y }) => {
    const [lambda, tau] = [tf.exp(logLambda!), tf.exp(logTau!)]
    const w = tf.mul(z!, tf.mul(lambda, tau))
    const ofScales = tf.add(halfCauchy(1).logProb(lambda), logLambda!)
    const prior = tf.add(tf.sum(ofScales), tf.add(halfCauchy(0.1).logProb(tau), logTau!))
    const likelihood = tf.sum(normal(linear(x!, w), 1).logProb(y!))
    return tf.addN([tf.sum(normal(0, 1).logProb(z!)), prior, likelihood])
  },
}
