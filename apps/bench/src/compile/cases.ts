import type { PeerWork } from './compiledPeer.ts'
import { gaussianProcess, itemResponse, kalmanFilter, softmaxClassifier } from './functions.ts'
import { eightSchools, logisticRegression } from './models.ts'
import { normals } from './normals.ts'
import type { Precision } from './numbers.ts'
import type { Task } from './task.ts'

/** Work that both sides do. */
export interface Case {
  readonly name: string
  readonly opponent: 'NumPyro' | 'JAX' | 'NumPy'
  readonly unit: 'step' | 'call'
  readonly precision: Precision
  readonly peer: PeerWork
  readonly ours: (quick: boolean) => Task
  /** The steps or calls of a short and a long run, whose difference is timed. */
  readonly lengths: readonly [number, number]
  /** What each value may differ by, in units of 1 + its size; none of which may be further off. */
  readonly tolerance: number
  /** The opponent's time over ours, at least. */
  readonly target: number
}

export const cases: readonly Case[] = [
  {
    name: 'eight schools, SVI',
    opponent: 'NumPyro',
    unit: 'step',
    precision: 'float32',
    peer: { name: 'eightSchools' },
    ours: () => eightSchools('float32'),
    lengths: [2000, 22_000],
    tolerance: 1e-4,
    target: 20,
  },
  {
    name: 'eight schools, SVI',
    opponent: 'NumPyro',
    unit: 'step',
    precision: 'float64',
    peer: { name: 'eightSchools' },
    ours: () => eightSchools('float64'),
    lengths: [2000, 22_000],
    tolerance: 1e-10,
    target: 12,
  },
  {
    name: 'eight schools, 16 particles',
    opponent: 'NumPyro',
    unit: 'step',
    precision: 'float32',
    peer: { name: 'eightSchools', particles: 16 },
    ours: () => eightSchools('float32', 16),
    lengths: [1000, 11_000],
    tolerance: 1e-4,
    target: 4,
  },
  {
    name: 'logistic regression 10,000 × 50, SVI',
    opponent: 'NumPyro',
    unit: 'step',
    precision: 'float32',
    peer: { name: 'logisticRegression' },
    ours: (quick) =>
      quick ? logisticRegression('float32', 40, 5) : logisticRegression('float32', 10_000, 50),
    lengths: [100, 1100],
    tolerance: 1e-3,
    target: 0.8,
  },
  {
    name: 'the same, on two threads',
    opponent: 'NumPyro',
    unit: 'step',
    precision: 'float32',
    peer: { name: 'logisticRegression' },
    ours: (quick) =>
      quick ? logisticRegression('float32', 40, 5, 2) : logisticRegression('float32', 10_000, 50, 2),
    lengths: [200, 2200],
    tolerance: 1e-3,
    target: 1,
  },
  {
    name: 'softmax classifier 784-128-10, batch 64',
    opponent: 'JAX',
    unit: 'call',
    precision: 'float32',
    peer: { name: 'softmaxClassifier' },
    ours: (quick) =>
      quick ? softmaxClassifier('float32', [8, 6, 4], 5) : softmaxClassifier('float32', [784, 128, 10], 64),
    lengths: [5, 35],
    tolerance: 1e-4,
    target: 1 / 3,
  },
  {
    name: 'Gaussian process, n 64',
    opponent: 'JAX',
    unit: 'call',
    precision: 'float32',
    peer: { name: 'gaussianProcess' },
    ours: (quick) => gaussianProcess('float32', quick ? 8 : 64),
    lengths: [20, 120],
    tolerance: 1e-3,
    target: 1,
  },
  {
    name: 'Kalman filter, T 200, d 4',
    opponent: 'JAX',
    unit: 'call',
    precision: 'float64',
    peer: { name: 'kalmanFilter' },
    ours: (quick) => (quick ? kalmanFilter('float64', 6, 3) : kalmanFilter('float64', 200, 4)),
    lengths: [50, 350],
    tolerance: 1e-9,
    target: 1 / 3,
  },
  {
    name: 'item response 100 × 40',
    opponent: 'JAX',
    unit: 'call',
    precision: 'float32',
    peer: { name: 'itemResponse' },
    ours: (quick) => (quick ? itemResponse('float32', 5, 4) : itemResponse('float32', 100, 40)),
    lengths: [100, 1100],
    tolerance: 1e-4,
    target: 1,
  },
  {
    name: '1,000,000 normals from a key',
    opponent: 'NumPy',
    unit: 'call',
    precision: 'float32',
    peer: { name: 'normals' },
    ours: (quick) => normals(quick ? 10_000 : 1_000_000),
    lengths: [1, 5],
    // Other numbers, of which the means and deviations are compared: five standard errors of a million.
    tolerance: 0.005,
    target: 1 / 1.5,
  },
]
