import * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { gamma, normal, poisson } from '@variate/distributions'
import type { PeerDrawRequest } from '../peer/peer.ts'

/** Work that both sides do on arrays of one size. */
export interface Case {
  readonly name: string
  /** What the ratio must reach: the opponent's time over ours. */
  readonly target?: number
  readonly ours: (count: number, seed: number) => tf.Tensor
  /** The opponent in TensorFlow.js, or what is asked of NumPy. */
  readonly peer:
    | { readonly name: 'TensorFlow.js'; readonly run: (count: number, seed: number) => tf.Tensor }
    | { readonly name: 'NumPy'; readonly request: Pick<PeerDrawRequest, 'distribution' | 'parameters'> }
}

const HALF_LOG_TWO_PI = 0.9189385332046727

/** log N(x; 0.3, 2) as one composes it from TensorFlow.js's own ops. */
function composed(x: tf.Tensor): tf.Tensor {
  const z = tf.div(tf.sub(x, 0.3), 2)
  return tf.sub(tf.mul(tf.square(z), -0.5), Math.log(2) + HALF_LOG_TWO_PI)
}

/** Values of one count, made once and kept. */
function values(count: number): tf.Tensor {
  let x = made.get(count)
  if (!x) made.set(count, (x = tf.keep(tf.randomNormal([count], 0, 2, 'float32', 1))))
  return x
}
const made = new Map<number, tf.Tensor>()

export const cases: readonly Case[] = [
  {
    name: 'normal draws',
    target: 1,
    ours: (count, seed) => normal(0, 1).sample(key(seed), [count]),
    peer: {
      name: 'TensorFlow.js',
      run: (count, seed) => tf.randomNormal([count], 0, 1, 'float32', seed + 1),
    },
  },
  {
    name: 'log density of the normal',
    target: 1,
    ours: (count) => normal(0.3, 2).logProb(values(count)),
    peer: { name: 'TensorFlow.js', run: (count) => composed(values(count)) },
  },
  {
    name: 'gamma draws, concentration 2.5',
    target: 1 / 5,
    ours: (count, seed) => gamma(2.5, 1).sample(key(seed), [count]),
    peer: { name: 'NumPy', request: { distribution: 'standard_gamma', parameters: [2.5] } },
  },
  {
    name: 'gamma draws, concentration 1',
    target: 1 / 5,
    ours: (count, seed) => gamma(1, 1).sample(key(seed), [count]),
    peer: { name: 'NumPy', request: { distribution: 'standard_gamma', parameters: [1] } },
  },
  {
    name: 'gamma draws, concentration 0.3',
    target: 1 / 5,
    ours: (count, seed) => gamma(0.3, 1).sample(key(seed), [count]),
    peer: { name: 'NumPy', request: { distribution: 'standard_gamma', parameters: [0.3] } },
  },
  {
    name: 'normal draws',
    ours: (count, seed) => normal(0, 1).sample(key(seed), [count]),
    peer: { name: 'NumPy', request: { distribution: 'standard_normal', parameters: [] } },
  },
  {
    name: 'Poisson draws, rate 7',
    ours: (count, seed) => poisson(7).sample(key(seed), [count]),
    peer: { name: 'NumPy', request: { distribution: 'poisson', parameters: [7] } },
  },
]
