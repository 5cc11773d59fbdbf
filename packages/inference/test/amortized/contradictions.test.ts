import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import { analyticKl, importanceWeighted, reparameterization } from '@variate/estimators'
import { amortized } from '@variate/inference'
import { mlp, model } from '@variate/language'
import { expect, test } from 'vitest'

// What one says that is not what another says, or what is meant.

const means = model('means').plate('i', 'n', (i) =>
  i.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
)
const encoder = { z: { from: 'x', network: mlp([1, 1]) } } as const
const of = (options: object) => amortized(means, { encoder, epochs: 2, ...options } as never)
const x = [1, -1, 0.5]

test('a number alone is no batch', () => {
  expect(() => of({ batch: 2 })).toThrow(
    'batch must tell of a plate how many examples a step takes, such as { i: 128 }, got 2',
  )
})

test('a closed form is not drawn', () => {
  const estimator = analyticKl(reparameterization())
  expect(() => of({ kl: 'sampled', estimator })).toThrow("kl is 'sampled', and the estimator puts KL(q‖p) in")
  expect(() => of({ kl: 'analytic', estimator })).not.toThrow()
})

test('bounds of whole weights have no KL to weigh or to put in closed form, which is said before there are data', () => {
  const estimator = importanceWeighted({ particles: 2 })
  for (const option of [{ beta: 2 }, { warmUp: 1 }, { freeBits: 1 }, { kl: 'analytic' }])
    expect(() => of({ estimator, ...option })).toThrow(
      'importanceWeighted climbs a function of whole weights',
    )
})

test('data are named', async () => {
  await expect(of({}).fit(x as never, { seed: 0 })).rejects.toThrow(
    'data must be a record of x, such as { x: … }, got [1,-1,0.5]',
  )
  await expect(of({}).fit(null as never, { seed: 0 })).rejects.toThrow('data must be a record of x')
})

test('a warm-up that ends after the fit is told of', async () => {
  const { warnings } = await of({ warmUp: 8, beta: 2 }).fit({ x }, { seed: 0 })
  expect(warnings).toEqual([
    expect.stringContaining('has come to count 0.5 of 2: warmUp is 8 epochs, the fit has 2'),
  ])
  expect((await of({ warmUp: 2 }).fit({ x }, { seed: 0 })).warnings).toEqual([])
})

test('a fit goes on with the batch that it was made with', async () => {
  const from = (await of({}).fit({ x }, { seed: 0 })).toBytes()
  await expect(of({ epochs: 4, batch: { i: 1 } }).fit({ x }, { from })).rejects.toThrow(
    'it was saved with 1 steps at the end of epoch 1, where there are 3: give the batch that it was made with',
  )
  expect((await of({ epochs: 4 }).fit({ x }, { from })).history).toHaveLength(4)
})
