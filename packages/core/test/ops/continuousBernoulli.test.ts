import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import { logTilt, tiltCdf, tiltCumulant, tiltQuantile, type Real } from './all.ts'
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
        0.0005000416666663195, -0.6579475670336183, 1.1607828784227916, -0.8389040862958158,
        1.8503185303911887, 36.31112054588606,
      ],
    ],
    [
      1,
      [
        0.5000833333319444, 0.3794497498777984, 0.6564486520051569, 0.3434133788261979, 0.7190623631579226,
        0.975,
      ],
    ],
    [
      2,
      [
        0.08333332916666683, 0.07473397036587254, 0.06899690382288094, 0.06897226307906519,
        0.05597010560905135, 0.0006249999999999958,
      ],
    ],
    [
      3,
      [
        -8.333332671957706e-6, 0.010507913575224247, -0.012317755687923456, 0.012322985485322105,
        -0.013154765794997116, -3.124999999999575e-5,
      ],
    ],
    [
      4,
      [
        -0.008333331349206522, -0.004640296753801075, -0.0026188626983553944, -0.002610935209343018,
        0.0006898856453452003, 2.3437499999957515e-6,
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
