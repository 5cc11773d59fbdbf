import * as tf from '@tensorflow/tfjs-core'
import { loop } from '@variate/compile'
import { logSumExp } from '@variate/core/ops'
import { mapped, noise, whole, type Program, type Tensors } from './program.ts'

/** The forward algorithm of a hidden Markov model: 5 states, 8 symbols, 200 observations. */
const STEPS = 200
const forward = (alpha: tf.Tensor, logA: tf.Tensor, emission: tf.Tensor): tf.Tensor =>
  tf.add(logSumExp(tf.add(tf.expandDims(alpha, 1), logA), 0), emission)
const chain = ({ transitions, emissions, start }: Tensors, seen: tf.Tensor) => ({
  logA: tf.logSoftmax(transitions!),
  logB: tf.gather(tf.transpose(tf.logSoftmax(emissions!)), seen),
  alpha: tf.logSoftmax(start!),
})
export const hiddenMarkov: Program = {
  name: 'hidden Markov model',
  variables: { transitions: noise(1, 5, 5), emissions: noise(2, 5, 8), start: noise(3, 5) },
  data: { seen: whole(8, 4, STEPS) },
  f: (variables, { seen }) => {
    const { logA, logB, alpha } = chain(variables, seen!)
    const { state } = loop((s: tf.Tensor, { each }) => forward(s, logA, each as tf.Tensor), {
      state: alpha,
      count: STEPS,
      each: logB,
    })
    return logSumExp(state)
  },
  unrolled: (variables, { seen }) => {
    const { logA, logB, alpha } = chain(variables, seen!)
    return logSumExp(tf.unstack(logB).reduce((s, emission) => forward(s, logA, emission), alpha))
  },
}

/** Stochastic volatility: hₜ = μ + φ (hₜ₋₁ − μ) + σ ηₜ, yₜ ~ N(0, exp(hₜ / 2)). */
export const volatility: Program = {
  name: 'stochastic volatility',
  variables: {
    mu: { shape: [], data: [-0.5] },
    rho: { shape: [], data: [1.2] },
    logSigma: { shape: [], data: [-1] },
    h: noise(5, 500),
  },
  data: { y: noise(6, 500) },
  f: ({ mu, rho, logSigma, h }, { y }) => {
    const [phi, sigma] = [tf.tanh(rho!), tf.exp(logSigma!)]
    const centred = tf.sub(h!, mu!)
    const step = tf.sub(tf.slice(centred, [1], [499]), tf.mul(phi, tf.slice(centred, [0], [499])))
    const prior = tf.sub(tf.mul(-0.5, tf.sum(tf.square(tf.div(step, sigma)))), tf.mul(499, logSigma!))
    const likelihood = tf.sum(tf.add(h!, tf.mul(tf.square(y!), tf.exp(tf.neg(h!)))))
    return tf.sub(prior, tf.mul(0.5, likelihood))
  },
}

/** A neural ODE: ẋ = W₂ tanh(W₁ x + b₁) + b₂, 50 steps of Euler, the squared distance of the end to where it should be. */
const field = ({ w1, b1, w2, b2 }: Tensors, x: tf.Tensor): tf.Tensor =>
  tf.add(tf.matMul(tf.tanh(tf.add(tf.matMul(x, w1 as tf.Tensor2D), b1!)), w2 as tf.Tensor2D), b2!)
const euler = (weights: Tensors) => (x: tf.Tensor) => tf.add(x, tf.mul(0.02, field(weights, x)))
const distance = (x: tf.Tensor, { target }: Tensors): tf.Tensor => tf.mean(tf.square(tf.sub(x, target!)))
export const neuralOde: Program = {
  name: 'neural ODE',
  variables: { w1: noise(7, 2, 16), b1: noise(8, 16), w2: noise(9, 16, 2), b2: noise(10, 2) },
  data: { x: noise(11, 20, 2), target: noise(12, 20, 2) },
  f: (weights, data) =>
    distance(loop(euler(weights), { state: data['x']!, count: 50 }).state as tf.Tensor, data),
  unrolled: (weights, data) => {
    let x = data['x']!
    for (let i = 0; i < 50; i++) x = euler(weights)(x)
    return distance(x, data)
  },
}

/** Predators and prey, 200 steps of Runge–Kutta, log-normal observations of every tenth. */
const rates = ({ theta }: Tensors): readonly tf.Tensor[] => tf.unstack(tf.exp(theta!))
const change = ([a, b, c, d]: readonly tf.Tensor[], z: tf.Tensor): tf.Tensor => {
  const [u, v] = tf.unstack(z) as [tf.Tensor, tf.Tensor]
  return tf.stack([tf.mul(u, tf.sub(a!, tf.mul(b!, v))), tf.mul(v, tf.sub(tf.mul(d!, u), c!))])
}
const rungeKutta = (theta: readonly tf.Tensor[], h: number) => (z: tf.Tensor) => {
  const k1 = change(theta, z)
  const k2 = change(theta, tf.add(z, tf.mul(h / 2, k1)))
  const k3 = change(theta, tf.add(z, tf.mul(h / 2, k2)))
  const k4 = change(theta, tf.add(z, tf.mul(h, k3)))
  return tf.add(z, tf.mul(h / 6, tf.addN([k1, tf.mul(2, k2), tf.mul(2, k3), k4])))
}
const fit = (z: tf.Tensor, { y }: Tensors): tf.Tensor => tf.neg(tf.sum(tf.square(tf.sub(tf.log(z), y!))))
export const lotkaVolterra: Program = {
  name: 'Lotka–Volterra',
  variables: {
    theta: { shape: [4], data: [-0.6, -3.6, -0.2, -3.7] },
    start: { shape: [2], data: [3.4, 1.8] },
  },
  data: { y: mapped(noise(13, 20, 2), (x) => 2.5 + x) },
  f: (variables, data) => {
    const step = rungeKutta(rates(variables), 0.1)
    const { outputs } = loop((z: tf.Tensor) => ({ state: step(z), outputs: step(z) }), {
      state: tf.exp(variables['start']!),
      count: 200,
      collect: { every: 10 },
    })
    return fit(outputs as tf.Tensor, data)
  },
  unrolled: (variables, data) => {
    const step = rungeKutta(rates(variables), 0.1)
    const kept: tf.Tensor[] = []
    let z: tf.Tensor = tf.exp(variables['start']!)
    for (let i = 0; i < 200; i++) {
      z = step(z)
      if (i % 10 === 9) kept.push(z)
    }
    return fit(tf.stack(kept), data)
  },
}
