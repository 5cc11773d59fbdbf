import { expect, test } from 'vitest'
import { key, NdArray } from '@variate/core'
import { gaussianMixture, type Covariance } from '@variate/models'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

// Enough observations for WebAssembly, whose scratch memory outlasts a step and belongs to one fit.

const [ROWS, COMPONENTS, DIMENSION] = [12_345, 3, 4]

function problem(covariance: Covariance, apart: number) {
  const mixture = mixtureOf(covariance, COMPONENTS, DIMENSION, apart)
  const x = new NdArray(pointsAbout(mixture, ROWS), [ROWS, DIMENSION])
  return { x, model: gaussianMixture({ components: COMPONENTS, covariance }) }
}

test.each(FORMS)('fits that run at the same time give the bits of each alone: %s', async (covariance) => {
  const problems = [1, 2].map((apart) => problem(covariance, apart))
  const pause = () => new Promise<void>((resolve) => void setTimeout(resolve))
  const fits = problems.map(
    ({ model, x }) =>
      () =>
        model.fit(x, { restarts: 2, maxIterations: 3, onProgress: pause }),
  )
  const together = await Promise.all(fits.map((fit) => fit()))
  for (const [i, fit] of fits.entries()) expect(JSON.stringify(together[i])).toBe(JSON.stringify(await fit()))
})

test.each(FORMS)('steps of two states in turn change neither: %s', (covariance) => {
  const { model, x } = problem(covariance, 1)
  const algorithm = model.algorithm(x, { init: 'random' })
  const step = (state: ReturnType<typeof algorithm.init>) => algorithm.step(key(0), state)[0]
  const [first, second] = [algorithm.init(key(1)), algorithm.init(key(2))]
  const kept = structuredClone(first)
  const alone = step(step(first))
  const between = step(first)
  step(step(second))
  expect(first).toEqual(kept)
  expect(step(between)).toEqual(alone)
})
