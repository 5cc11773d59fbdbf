import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { categorical, gamma, normal, poisson } from '@variate/distributions'
import { model, positive, real, simplex } from '@variate/language'
import { em } from '../../src/em/em.ts'

const mixture = model('mixture')
  .param('weights', simplex(2))
  .plate('component', 2, (k) => k.param('mean', real()).param('scale', positive()))
  .plate('point', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ mean, scale, c }) => normal(gather(mean, c), gather(scale, c))),
  )
const x = [-2.1, -1.9, -2.4, 1.2, 2.2, 2.9, 1.7]

test.each([
  [{ restarts: 0 }, 'restarts must be a whole number ≥ 1, got 0'],
  [{ maxIterations: 1.5 }, 'maxIterations must be a whole number ≥ 1, got 1.5'],
  [{ tolerance: -1 }, 'tolerance must be ≥ 0, got -1'],
  [{ tolerance: NaN }, 'tolerance must be ≥ 0, got NaN'],
])('options %o are refused', async (options, message) => {
  await expect(em(mixture).fit({ x }, options)).rejects.toThrow(`model "mixture": em: ${message}`)
})

test('data are checked before anything is computed', async () => {
  await expect(em(mixture).fit({} as never)).rejects.toThrow('em: site "x" (plate "point") must be given')
  await expect(em(mixture).fit({ x: [1, NaN] })).rejects.toThrow('NaN at [1]')
  await expect(em(mixture).fit({ x: ['a'] } as never)).rejects.toThrow('must be numbers')
})

test('models that it is not for are told what to do', async () => {
  const fixed = model('m').observed('y', normal(0, 1))
  await expect(em(fixed).fit({ y: 1 })).rejects.toThrow('there is no parameter to fit')
  const unread = fixed.param('w', real())
  await expect(em(unread).fit({ y: 1 })).rejects.toThrow('no site reads parameter "w"')
  const rates = model('m')
    .param('a', positive())
    .latent('rate', ({ a }) => gamma(a, 1))
    .observed('y', ({ rate }) => poisson(rate))
  await expect(em(rates).fit({ y: 1 })).rejects.toThrow('"rate" is neither discrete nor normal')
  const unseen = model('m')
    .param('w', real())
    .latent('z', ({ w }) => normal(w, 1))
  await expect(em(unseen).fit({})).rejects.toThrow('no site is observed')
  const priors = { mean: normal([0, 0], 1) }
  await expect(em(mixture, { priors }).fit({ x })).rejects.toThrow(
    'of "mean" has shape [2], the parameter []',
  )
})

test('a component that collapses on one point ends its run, and a sound one is kept before it', async () => {
  const fit = await em(mixture).fit({ x: [...x, 0.3, -0.4, 6] }, { seed: 0, restarts: 8 })
  const kinds = fit.restarts.map(({ termination }) => termination.kind)
  expect(kinds).toContain('diverged')
  expect(kinds).toContain('converged')
  expect(fit.termination.kind).toBe('converged')
  expect(fit.params.scale.data.every((scale) => scale > 0)).toBe(true)
})

test('the same seed gives the same fit, another seed another start; no tensor is left', async () => {
  const before = memory().numTensors
  const [a, b] = [await em(mixture).fit({ x }, { seed: 3 }), await em(mixture).fit({ x }, { seed: 3 })]
  expect(a.params.mean.data).toEqual(b.params.mean.data)
  expect(a.history).toEqual(b.history)
  const other = await em(mixture).fit({ x }, { seed: 4 })
  expect(other.history[0]!.logLikelihood).not.toBe(a.history[0]!.logLikelihood)
  expect(memory().numTensors).toBe(before)
})

test('the objective never falls, and lies between the bounds of the steps', async () => {
  const { history } = await em(mixture).fit({ x }, { seed: 1 })
  expect(history.length).toBeGreaterThan(2)
  const bounds = history.flatMap(({ elbo, elboAfterMaximization }) => [elboAfterMaximization, elbo])
  for (const [i, bound] of bounds.slice(1).entries()) expect(bound).toBeGreaterThanOrEqual(bounds[i]! - 1e-10)
})

test('an abort ends the fit with the best so far', async () => {
  const stop = new AbortController()
  const fit = await em(mixture).fit(
    { x },
    {
      seed: 0,
      tolerance: 0,
      signal: stop.signal,
      onProgress: ({ iteration }) => iteration === 3 && stop.abort(),
    },
  )
  expect(fit.termination).toEqual({ kind: 'aborted', step: 3 })
})

test('missing observations count for nothing', async () => {
  const some = await em(mixture).fit({ x: [...x, null, null] }, { seed: 1, tolerance: 1e-12 })
  const all = await em(mixture).fit({ x }, { seed: 1, tolerance: 1e-12 })
  expect(some.logLikelihood).toBeCloseTo(all.logLikelihood, 6)
})
