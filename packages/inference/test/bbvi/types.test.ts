import '@tensorflow/tfjs-backend-cpu'
import { add } from '@variate/core/ops'
import { bernoulli, normal } from '@variate/distributions'
import {
  analyticKl,
  doublyReparameterized,
  rebar,
  reparameterization,
  scoreFunction,
} from '@variate/estimators'
import { fullRank, meanField, point, structured } from '@variate/families'
import { bbvi } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const mixed = model('mixed')
  .latent('z', normal(0, 1))
  .plate('i', 'n', (i) =>
    i.latent('c', bernoulli({ probs: 0.5 })).observed('x', ({ z, c }) => normal(add(z, c), 1)),
  )
const [data, seed] = [{ x: [1, 0] }, { seed: 0 }] as const

test('an estimator that differentiates draws takes no discrete latent: it does not type-check, and is told of', async () => {
  const message = /bbvi: \w+ differentiates draws, and "c" is discrete: .* use \w+\(\)/
  // @ts-expect-error 'this estimator differentiates draws, and "c" is discrete: use scoreFunction() or automatic()'
  await expect(bbvi(mixed, { estimator: reparameterization() }).fit(data, seed)).rejects.toThrow(message)
  // @ts-expect-error 'this estimator differentiates draws, and "c" is discrete: use scoreFunction() or automatic()'
  const doubly = bbvi(mixed, { estimator: doublyReparameterized({ particles: 2 }) })
  await expect(doubly.fit(data, seed)).rejects.toThrow(message)
  // @ts-expect-error 'this estimator differentiates draws, and "c" is discrete: use scoreFunction() or automatic()'
  const analytic = bbvi(mixed, { estimator: analyticKl(reparameterization()) })
  await expect(analytic.fit(data, seed)).rejects.toThrow(message)
})

test('a family of continuous latents takes no discrete one: it does not type-check, and is told of', async () => {
  // @ts-expect-error 'this family is of continuous latents, and "c" is discrete: put it in a structured() family …'
  const points = bbvi(mixed, { family: point(), estimator: rebar() })
  await expect(points.fit(data, seed)).rejects.toThrow(/site "c" \(plate "i"\) is discrete/)
})

test('what was not called, and names that there are not, do not type-check', () => {
  // @ts-expect-error a function is no family
  expect(() => bbvi(mixed, { family: meanField, estimator: rebar() })).toThrow(
    /family must be one such as meanField\(\) makes, got a function: call it/,
  )
  // @ts-expect-error Did you mean to write 'particles'?
  expect(scoreFunction({ particle: 3 }).particles).toBe(1)
})

test('families and estimators that go with a model type-check', () => {
  expect(bbvi(mixed, { family: structured({ z: point() }, meanField()), estimator: rebar() })).toBeDefined()
  expect(bbvi(mixed, { family: structured({ z: fullRank() }), estimator: scoreFunction() })).toBeDefined()
  expect(bbvi(mixed, { family: fullRank(), estimator: rebar() })).toBeDefined()
})
