import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import * as ops from './all.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

type Op = (...args: never[]) => ops.Real
type Points = readonly (readonly number[])[]

const tails: Points = [
  [-3, 0.7],
  [-0.4, 1.3],
  [0.3, -2],
  [2, 4],
].map(([z, shape]) => [z!, shape!])
const probabilities: Points = [
  [0.01, 1.5],
  [0.3, 4],
  [0.8, 2.5],
]
/** Intervals [a, a + w]: narrow ones, wide ones and tails. */
const intervals: Points = [
  [-0.2, 0.5],
  [0.7, 0.9],
  [-1.5, 4],
  [-0.3, 30],
  [0.4, 8],
  [6, 3],
]
const inIntervals = (x: (w: number) => number): Points => intervals.map(([a, w]) => [x(w!), a!, w!])
const excesses: Points = [
  [0.1, -0.2, 0.5],
  [-0.2, 0.7, 0.9],
  [1.2, -1.5, 4],
  [0.6, -0.3, 30],
  [0.5, 0.4, 8],
  [0.3, 6, 3],
]

const cases: readonly (readonly [name: string, op: Op, points: Points, differentiable: readonly number[]])[] =
  [
    [
      'cauchyLogDensity',
      ops.cauchyLogDensity,
      [
        [-3, 0.7],
        [0.5, 2],
        [4, 4],
      ],
      [0, 1],
    ],
    ['cauchyCdf', ops.cauchyCdf, [[-3], [0.2], [5]], [0]],
    ['cauchyQuantile', ops.cauchyQuantile, [[0.1], [0.4], [0.8]], [0]],
    ['halfCauchyQuantile', ops.halfCauchyQuantile, [[0.1], [0.4], [0.8]], [0]],
    [
      'logRatio',
      ops.logRatio,
      [
        [2, 3],
        [5, 0.1],
      ],
      [0, 1],
    ],
    [
      'logMinus',
      ops.logMinus,
      [
        [2, 3],
        [0.1, -5],
      ],
      [0, 1],
    ],
    ['plusExpMinus', ops.plusExpMinus, [[-2], [0.1], [6]], [0]],
    [
      'interpolateLogs',
      ops.interpolateLogs,
      [
        [0.2, 0.5, 3],
        [0.9, 1, 2],
      ],
      [0, 1, 2],
    ],
    ['cothExcess', ops.cothExcess, [[0.3], [1.9], [6]], [0]],
    [
      'studentTLogDensity',
      ops.studentTLogDensity,
      [
        [-3, 0.7],
        [0.5, 2],
        [4, 30],
      ],
      [0, 1],
    ],
    [
      'studentTCdf',
      ops.studentTCdf,
      [
        [-3, 0.7],
        [0.5, 2],
        [4, 30],
      ],
      [0],
    ],
    ['studentTQuantile', ops.studentTQuantile, probabilities, [0]],
    ['skewNormalCdf', ops.skewNormalCdf, tails, [0, 1]],
    ['skewNormalQuantile', ops.skewNormalQuantile, probabilities, [0, 1]],
    ['truncatedNormalLogMass', ops.truncatedNormalLogMass, intervals, [0, 1]],
    ['truncatedNormalLogKernel', ops.truncatedNormalLogKernel, excesses, [0, 1, 2]],
    [
      'truncatedNormalCdf',
      (v: ops.Real, a: ops.Real, w: ops.Real) => ops.truncatedNormalCdf(v, a, w, 0),
      excesses,
      [0, 1, 2],
    ],
    [
      'truncatedNormalCdf above',
      (v: ops.Real, a: ops.Real, w: ops.Real) => ops.truncatedNormalCdf(v, a, w, 1),
      excesses,
      [0, 1, 2],
    ],
    [
      'truncatedNormalQuantile',
      (p: ops.Real, a: ops.Real, w: ops.Real) => ops.truncatedNormalQuantile(p, a, w, 0),
      inIntervals(() => 0.3),
      [0, 1, 2],
    ],
    [
      'truncatedNormalQuantile above',
      (p: ops.Real, a: ops.Real, w: ops.Real) => ops.truncatedNormalQuantile(p, a, w, 1),
      inIntervals(() => 0.3),
      [0, 1, 2],
    ],
  ]

describe.each(cases)('%s', (_, op, points, differentiable) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, points)
  })

  it('is differentiable twice', () => {
    expect.hasAssertions()
    checkDerivatives(op, points, differentiable)
  })
})
