import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { bernoulli, categorical, halfCauchy, normal, poisson } from '@variate/distributions'
import { annealedImportanceSampling, em, enumeration, importanceSampling, infer } from '@variate/inference'
import { model, positive, simplex } from '@variate/language'

const counts = model('counts')
  .param('weights', simplex(2))
  .plate('component', 2, (k) => k.param('rate', positive()))
  .plate('count', 'n', (i) =>
    i
      .latent('c', ({ weights }) => categorical({ probs: weights }))
      .observed('x', ({ rate, c }) => poisson(gather(rate, c))),
  )
const x = [1, 0, 2, 11, 9, 1, 13, 0]

test('discrete latents with parameters that are given are summed over', async () => {
  const given = { x, weights: [0.4, 0.6], rate: [10, 1] }
  const { algorithm, reason, logEvidence, standardError } = await infer(counts).fit(given, { seed: 0 })
  expect(algorithm).toBe('enumeration')
  expect(reason).toMatch(
    /^enumeration, for all latents can be summed over or integrated exactly, in products of/,
  )
  expect(logEvidence).toBe((await enumeration(counts).fit(given)).logEvidence)
  expect(standardError).toBe(0)
})

test('parameters that are not given are fitted by EM', async () => {
  const inferred = await infer(counts).fit({ x }, { seed: 0 })
  expect(inferred.algorithm).toBe('em')
  expect(inferred.reason).toContain('em, for it fits "weights", "rate"')
  const direct = await em(counts).fit({ x }, { seed: 0, restarts: 5 })
  expect(inferred.logEvidence).toBe(direct.logLikelihood)
  // At the parameters that were found the evidence is the exact one.
  const { weights, rate } = direct.params
  const { logEvidence } = await enumeration(counts).fit({ x, weights, rate })
  expect(logEvidence).toBeCloseTo(inferred.logEvidence, 6)
})

test('continuous latents that are not integrated are annealed', async () => {
  const spread = model('spread')
    .latent('scale', halfCauchy(5))
    .plate('i', 'n', (i) => i.observed('y', ({ scale }) => normal(0, scale)))
  const { algorithm, reason, logEvidence } = await infer(spread).fit({ y: [1, 2, 3] }, { seed: 0 })
  expect(algorithm).toBe('annealedImportanceSampling')
  expect(reason).toContain('for all latents are continuous, and exact inference is not possible: ')
  const direct = await annealedImportanceSampling(spread).fit({ y: [1, 2, 3] }, { seed: 0 })
  expect(logEvidence).toBe(direct.logEvidence)
})

test('else it is importance sampling from the prior', async () => {
  const mixed = model('mixed')
    .latent('scale', halfCauchy(5))
    .latent('b', bernoulli({ probs: 0.5 }))
    .plate('i', 'n', (i) => i.observed('y', ({ scale, b }) => normal(b, scale)))
  const { algorithm, reason, logEvidence } = await infer(mixed).fit({ y: [1, 2, 3] }, { seed: 0 })
  expect(algorithm).toBe('importanceSampling')
  expect(reason).toContain(
    'nor is annealing: model "mixed": annealedImportanceSampling: site "b" is discrete',
  )
  const direct = await importanceSampling(mixed).fit({ y: [1, 2, 3] }, { seed: 0 })
  expect(logEvidence).toBe(direct.logEvidence)
})

test('parameters with latents that are not integrated, and bad data, are told of', async () => {
  const spread = model('spread')
    .param('width', positive())
    .latent('scale', ({ width }) => halfCauchy(width))
    .plate('i', 'n', (i) => i.observed('y', ({ scale }) => normal(0, scale)))
  await expect(infer(spread).fit({ y: [1, 2, 3] }, { seed: 0 })).rejects.toThrow(
    'infer: "width" would be fitted by expectation maximisation, and its E-step is not exact: ',
  )
  await expect(infer(counts).fit({ x: ['a'] } as never, { seed: 0 })).rejects.toThrow('data must be numbers')
})
