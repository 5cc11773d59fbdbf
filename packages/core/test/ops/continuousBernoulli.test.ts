import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { logTilt, tiltCdf, tiltCumulant, tiltQuantile, type Real } from '../../src/ops/index.ts'
import { checkDerivatives, checkValues } from './elementwiseLaws.ts'

const points = [
  [0.3, -4],
  [0.5, 0],
  [0.7, 1e-3],
  [0.9, 1.9],
  [0.2, 12],
]

describe.each([
  ['logTilt', logTilt],
  ['tiltCdf', tiltCdf],
  ['tiltQuantile', tiltQuantile],
] as const)('%s', (_, op) => {
  it('gives for tensors what it gives for numbers', () => {
    expect.hasAssertions()
    checkValues(op, points)
  })

  it('is differentiable twice in both arguments, through t = 0', () => {
    expect.hasAssertions()
    checkDerivatives(op, points, [0, 1])
  })
})

describe('tiltCumulant', () => {
  it.each([0, 1, 2])('of order %d is differentiable twice', (n) => {
    expect.hasAssertions()
    checkDerivatives((t: Real) => tiltCumulant(n, t), [[-3], [-0.5], [0], [1e-3], [1.9], [2.1], [15]], [0])
  })

  // Expected: derivatives of log(expm1(t)/t) in 40 digits of mpmath 1.4.1, at 1e-3, −1.5, 1.999, −2.001, 3 and 40.
  it.each([
    [
      0,
      [
        5.0004166666631944e-4, -0.65794756703361838, 1.1607828784227916, -0.83890408629581583,
        1.8503185303911887, 36.311120545886064,
      ],
    ],
    [
      1,
      [
        0.50008333333194444, 0.37944974987779842, 0.65644865200515693, 0.34341337882619786,
        0.71906236315792262, 0.975,
      ],
    ],
    [
      2,
      [
        0.083333329166666832, 0.074733970365872535, 0.068996903822880937, 0.068972263079065195,
        0.055970105609051348, 0.00062499999999999575,
      ],
    ],
    [
      3,
      [
        -8.3333326719577067e-6, 0.010507913575224247, -0.012317755687923456, 0.012322985485322105,
        -0.013154765794997115, -3.1249999999995752e-5,
      ],
    ],
    [
      4,
      [
        -0.0083333313492065228, -0.0046402967538010752, -0.0026188626983553942, -0.0026109352093430183,
        0.00068988564534520033, 2.3437499999957516e-6,
      ],
    ],
  ] as const)('of order %d is that of mpmath', (n, expected) => {
    for (const [i, t] of [1e-3, -1.5, 1.999, -2.001, 3, 40].entries()) {
      expect(tiltCumulant(n, t) / expected[i]! - 1).toBeCloseTo(0, 10)
    }
  })
})

it('quantiles of extreme tilts are finite', () => {
  expect(tiltQuantile(0.5, 1e4)).toBeCloseTo(1 + Math.log(0.5) / 1e4, 12)
  expect(tiltQuantile(0.5, -1e4)).toBeCloseTo(-Math.log(0.5) / 1e4, 12)
  expect([tiltQuantile(0, 1e4), tiltQuantile(1, 1e4), tiltQuantile(0, -1e4), tiltQuantile(1, -1e4)]).toEqual([
    0, 1, 0, 1,
  ])
})
