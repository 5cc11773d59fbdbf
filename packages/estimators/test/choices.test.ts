import {
  automatic,
  controlVariate,
  leaveOneOut,
  movingAverage,
  perSite,
  reparameterization,
  scoreFunction,
  stickingTheLanding,
  type Draws,
  type Estimator,
  type EstimatorByFactor,
  type Factor,
  type Outline,
} from '@variate/estimators'
import { DomainError, UnsupportedError } from '@variate/core'
import { expect, expectTypeOf, test } from 'vitest'

const factor = (name: string, draws: Draws, sites: readonly string[] = [name]): Factor => ({
  name,
  sites,
  plates: [],
  scale: 1,
  draws,
  terms: [],
  factors: [],
})
const outline: Outline = {
  sizes: new Map(),
  terms: [],
  factors: [factor('z,w', 'reparameterized', ['z', 'w']), factor('c', 'discrete'), factor('g', 'opaque')],
}

test('automatic says what it chooses for each factor, and why', () => {
  expect(automatic().choices(outline)).toEqual([
    {
      factor: 'z,w',
      estimator: 'reparameterization()',
      reason: 'its draws are smooth functions of the parameters',
    },
    {
      factor: 'c',
      estimator: 'scoreFunction({ baseline: leaveOneOut() })',
      reason: 'its draws are discrete, and have no derivative; the other particles are its baseline',
    },
    {
      factor: 'g',
      estimator: 'scoreFunction({ baseline: leaveOneOut() })',
      reason: 'its draws are no smooth function of the parameters; the other particles are its baseline',
    },
  ])
  expect(automatic({ particles: 1 }).choices(outline)[1]).toEqual({
    factor: 'c',
    estimator: 'scoreFunction({ baseline: movingAverage() })',
    reason: 'its draws are discrete, and have no derivative; earlier steps are its baseline',
  })
})

test('an estimator for what it cannot take is refused when it is paired with a model', () => {
  const of = (estimator: Estimator) => () => estimator.init(outline, 'model "m": bbvi')
  expect(of(reparameterization())).toThrow(
    'model "m": bbvi: reparameterization differentiates draws, and "c" is discrete: its draws jump',
  )
  expect(of(perSite({ c: reparameterization() }, scoreFunction()))).toThrow(
    'reparameterization differentiates draws, and "c" is discrete',
  )
  expect(of(perSite({ g: stickingTheLanding() }, scoreFunction()))).toThrow('"g" is drawn by rejection')
  expect(of(perSite({ d: scoreFunction() }, scoreFunction()))).toThrow(
    'perSite has an estimator for "d", which is no latent: name one of "z", "w", "c", "g"',
  )
  expect(of(perSite({ z: scoreFunction({ particles: 2 }) }))).toThrow(
    'perSite has more than one estimator for the latents of "z,w", which are drawn together: give all of them the same',
  )
  expect(of(perSite({ d: scoreFunction() }, scoreFunction()))).toThrow(UnsupportedError)
})

test('what all estimators can take is taken', () => {
  const path = reparameterization({ particles: 2 })
  const estimator = perSite({ z: path, w: path })
  expect(estimator.init(outline, 'test')).toEqual({ c: {}, g: {} })
  expect(estimator.choose(outline.factors[0]!, 'test').estimator).toBe('reparameterization')
  expect(estimator.needs).toEqual(['reparameterized', 'discrete', 'opaque'])
})

test('baselines that need other particles refuse one', () => {
  const one = (baseline: ReturnType<typeof leaveOneOut>) => () => scoreFunction({ particles: 1, baseline })
  expect(one(leaveOneOut())).toThrow(
    'scoreFunction with leaveOneOut(): particles must be a whole number ≥ 2, got 1',
  )
  expect(one(controlVariate())).toThrow(DomainError)
  expect(() => movingAverage({ decay: 1 })).toThrow('movingAverage: decay must be in [0, 1), got 1')
  expect(() => scoreFunction({ particles: 0 })).toThrow('scoreFunction: particles')
  expect(() => automatic({ particles: 1.5 })).toThrow('automatic: particles')
  expect(() => perSite({ z: scoreFunction({ particles: 3 }) }, scoreFunction())).toThrow(
    'perSite: all estimators must take the same number of particles, which are the same draws: that of "z" takes 3, another 1',
  )
})

test('what they take is in their types', () => {
  expectTypeOf(scoreFunction()).toEqualTypeOf<EstimatorByFactor<Draws>>()
  expectTypeOf(perSite({ z: reparameterization() }, stickingTheLanding())).toEqualTypeOf<
    EstimatorByFactor<'reparameterized'>
  >()
  expectTypeOf(perSite({ z: reparameterization() }, scoreFunction())).toEqualTypeOf<
    EstimatorByFactor<Draws>
  >()
  expectTypeOf(perSite({ c: scoreFunction() })).toEqualTypeOf<EstimatorByFactor<Draws>>()
  // @ts-expect-error not an estimator
  expect(() => perSite({ c: 3 })).toThrow(
    'perSite: "c" must have an estimator that takes each latent by itself',
  )
})
