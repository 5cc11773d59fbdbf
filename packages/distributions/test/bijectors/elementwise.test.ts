import { constant } from '@variate/core/ops'
import { DomainError, ShapeError } from '@variate/core'
import { bijectorLaws } from '@variate/testing'
import { expect, test } from 'vitest'
import { affine } from '../../src/bijectors/affine.ts'
import { exp } from '../../src/bijectors/exp.ts'
import { above, below } from '../../src/bijectors/halfLine.ts'
import { identity } from '../../src/bijectors/identity.ts'
import { interval } from '../../src/bijectors/interval.ts'
import { power } from '../../src/bijectors/power.ts'
import { sigmoid } from '../../src/bijectors/sigmoid.ts'
import { softplus } from '../../src/bijectors/softplus.ts'
import { tanh } from '../../src/bijectors/tanh.ts'
import { interval as intervalSet } from '../../src/constraints/interval.ts'
import { nonnegative } from '../../src/constraints/nonnegative.ts'
import { real } from '../../src/constraints/real.ts'
import { unitInterval } from '../../src/constraints/unitInterval.ts'
import { oracleLaws } from './laws.ts'

const x = [-6, -1.5, 0, 0.25, 3, 7]

oracleLaws('exp', () => exp, { codomain: nonnegative, outside: [-1, -1e-30, NaN] })
oracleLaws('softplus', () => softplus, { codomain: nonnegative, outside: [-1, -1e-30, NaN] })
oracleLaws('sigmoid', () => sigmoid, { codomain: unitInterval, outside: [-1e-30, 1.5, NaN] })
oracleLaws('tanh', () => tanh, { codomain: intervalSet(-1, 1), outside: [-1.5, 2, NaN] })
oracleLaws('affine', affine, { codomain: real })
oracleLaws('power', power, { codomain: nonnegative, outside: [-1, -1e-30, NaN] })
bijectorLaws('identity', { make: () => identity, x, codomain: real })
bijectorLaws('interval', {
  make: () => interval(0.125, 0.3125),
  x: [...x, -80, 80],
  codomain: intervalSet(0.125, 0.3125),
  outside: [0.1249, 0.3126, NaN],
})
bijectorLaws('above, by exp', {
  make: () => above(-2),
  x,
  codomain: intervalSet(-2, Infinity),
  outside: [-3],
})
bijectorLaws('above, by softplus', {
  make: () => above(3, { via: 'softplus' }),
  x,
  codomain: intervalSet(3, Infinity),
  outside: [2],
})
bijectorLaws('below, by exp', { make: () => below(2), x, codomain: intervalSet(-Infinity, 2), outside: [3] })
bijectorLaws('below, by softplus', {
  make: () => below(1, { via: 'softplus' }),
  x,
  codomain: intervalSet(-Infinity, 1),
  outside: [2],
})

test('ends of a codomain go to where the map reaches them', () => {
  const ends = [exp, softplus, sigmoid, power(2)].map((map) => map.inverse(0).dataSync()[0])
  expect(ends).toEqual([-Infinity, -Infinity, -Infinity, 0])
  expect([sigmoid, tanh].map((map) => map.inverse(1).dataSync()[0])).toEqual([Infinity, Infinity])
  expect(interval(2, 3).inverse([2, 3]).arraySync()).toEqual([-Infinity, Infinity])
})

test('parameters that are arrays or tensors broadcast against values', () => {
  const map = affine([0, 10], [[1], [-2]])
  expect(map.forward(3).arraySync()).toEqual([
    [3, 13],
    [-6, 4],
  ])
  expect(map.forwardLogDet([0, 0]).shape).toEqual([2, 2])
  expect(constant(map.direction()).arraySync()).toEqual([[1], [-1]])
  expect(
    interval([0, 1], constant([1, 3]))
      .forward(0)
      .arraySync(),
  ).toEqual([0.5, 2])
})

test('directions are those in which the maps go', () => {
  const directions = [exp, sigmoid, power(-1), affine(0, -3), above(0), below(0)].map((map) =>
    map.direction(),
  )
  expect(directions).toEqual([1, 1, -1, -1, 1, -1])
})

test('parameters without an inverse are refused, and say where', () => {
  expect(() => affine(0, [1, 0])).toThrow(new DomainError('affine: scale must be ≠ 0, got 0 at [1]'))
  expect(() => affine(Infinity, 1)).toThrow(new DomainError('affine: loc must be finite, got Infinity'))
  expect(() => power(0)).toThrow(new DomainError('power: exponent must be ≠ 0, got 0'))
  expect(() => interval(1, [2, 1])).toThrow(
    new DomainError('interval: low must be < high, got low 1, high 1 at [1]'),
  )
  const scale = constant([1, 0])
  expect(() => affine(0, scale).forward(1)).toThrow(
    new DomainError('affine: scale must be ≠ 0, got 0 at [1]'),
  )
  expect(() => affine([1, 2], [1, 2, 3])).toThrow(ShapeError)
  expect(() => affine([1, 2], 1).forward([1, 2, 3])).toThrow(ShapeError)
})
