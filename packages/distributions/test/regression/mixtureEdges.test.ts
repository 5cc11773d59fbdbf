import '@tensorflow/tfjs-backend-cpu'
import { grad, scalar, tensor1d } from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import { beta, betaPrime, exponential, gamma, mixture, uniform, weibull } from '../../src/index.ts'

const half = { probs: [0.5, 0.5] }

describe('the gradient of a mixture at an edge where one component has density 0', () => {
  // mpmath: diff(lambda a: log(.5*exp(-1)/gamma(a) + .5*exp(-1)), 2)
  test('gamma and exponential', () => {
    const of = (a: never) => mixture(half, [gamma(a, 1), exponential(1)])
    const slope = grad((a) => of(a as never).logProb([0, 1]))(scalar(2))
    expect(slope.dataSync()[0]).toBeCloseTo(-0.211392168, 6)
    expect(grad((a) => of(a as never).logProb(0))(scalar(2)).dataSync()[0]).toBeCloseTo(0, 10)
  })

  // mpmath: diff(lambda a: log(.5*.5**(a - 1)*.5/beta(a, 2) + .5), 2)
  test('beta and uniform', () => {
    const of = (a: never) => mixture(half, [beta(a, 2), uniform(0, 1)])
    const slope = grad((a) => of(a as never).logProb([0, 0.5]))(scalar(2))
    expect(slope.dataSync()[0]).toBeCloseTo(0.0841116917, 6)
  })

  test('components of one family', () => {
    const slope = grad((a) => mixture(half, gamma(a as never, 1)).logProb([0, 1]))(tensor1d([2, 1]))
    expect(slope.dataSync()[0]).toBeCloseTo(-0.211392168, 6)
  })

  test.each([
    ['weibull', (a: never) => weibull(2, a)],
    ['betaPrime', (a: never) => betaPrime(a, 2)],
  ])('%s and exponential', (_, of) => {
    const slope = grad((a) => mixture(half, [of(a as never), exponential(1)]).logProb(0))(scalar(2))
    expect(slope.dataSync()[0]).toBeCloseTo(0, 10)
  })
})

test('values where no component has a density are still −∞, without a gradient', () => {
  const slope = grad((a) => mixture(half, [gamma(a as never, 1), uniform(1, 2)]).logProb(0))(scalar(2))
  expect(
    mixture(half, [gamma(2, 1), uniform(1, 2)])
      .logProb([0, -1])
      .arraySync(),
  ).toEqual([-Infinity, -Infinity])
  expect(slope.dataSync()[0]).toBeCloseTo(0, 10)
})
