import '@tensorflow/tfjs-backend-cpu'
import { NumericalError } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import { adam, amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

// What is NaN is said to be, by name, wherever a fit is asked for it.

const PIXELS = 3
const images = [
  [0, 1, 0],
  [1, 1, 0],
  [0, 1, 1],
]
const vae = model('vae')
  .network('decoder', mlp([2, PIXELS]))
  .plate('image', 'n', (i) =>
    i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder }) => bernoulli({ logits: decoder(z) })),
  )

test('a run whose rate is 100 says what became of it, and results that are NaN are refused', async () => {
  const encoder = { z: { from: 'x', network: mlp([PIXELS, 4]) } } as const
  const optimizer = adam({ rate: 100 })
  const fit = await amortized(vae, { encoder, epochs: 30, optimizer }).fit({ x: images }, { seed: 0 })
  expect(fit.termination).toMatchObject({ kind: 'diverged', site: 'x' })
  expect(fit.warnings[0]).toMatch(
    /^site "x" \(plate "image"\): bernoulli: logits must be finite, got (-?Infinity|NaN) at /,
  )
  expect(fit.elbo).toBeNaN()
  expect(fit.warnings[1]).toMatch(
    /^elbo: log p\(x, z\) − log q\(z\) of example \d is NaN at draws of q: the pa/,
  )
  const isNumerical = async (run: Promise<unknown>, message: string): Promise<void> => {
    await expect(run).rejects.toThrow(NumericalError)
    await expect(run).rejects.toThrow(message)
  }
  await isNumerical(
    fit.evaluate(images, { seed: 0 }),
    'amortized: evaluate: log p(x, z) − log q(z) of example',
  )
  await isNumerical(
    fit.estimateLogLikelihood(images, { seed: 0 }),
    'estimateLogLikelihood: the estimate is NaN',
  )
  await isNumerical(
    fit.gaps(images, { seed: 0, steps: 1 }),
    'amortized: gaps: log p(x, z) − log q(z) of example',
  )
  await isNumerical(fit.decode([[1e38, -1e38], [1e38, 1e38]]), 'decode: the mean of "x" is NaN at [') // prettier-ignore
  await expect(fit.decode([[Infinity, 0]])).rejects.toThrow('Infinity at [0,0] is outside the support')
})

test('an evaluation set of which the bound is NaN is told of, and is never the best', async () => {
  const means = model('means').plate('i', 'n', (i) =>
    i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const fit = await amortized(means, {
    encoder: { z: { from: 'x', network: mlp([1, 2]) } },
    epochs: 5,
    patience: 1,
    precision: 'float32',
  }).fit({ x: [0.1, -0.2, 0.3] }, { seed: 0, evaluation: [0.2, 3e38] })
  expect(fit.termination.kind).toBe('converged')
  expect(fit.history.map(({ evaluation }) => evaluation)).toEqual([-Infinity, -Infinity])
  expect(fit.warnings).toHaveLength(2)
  expect(fit.warnings[0]).toMatch(/^evaluation after epoch 1: log p\(x, z\) − log q\(z\) of example 1 is NaN/)
})
