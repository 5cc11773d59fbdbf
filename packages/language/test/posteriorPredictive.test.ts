import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { constant, gather } from '@variate/core/ops'
import { categorical, normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const mixture = model('m')
  .latent('c', categorical({ probs: [0.5, 0.5] }))
  .observed('x', ({ c }) => normal(gather(constant([0, 100]), c), 1))
const rows = (...values: readonly number[]) => ({ c: ndarray(Float64Array.from(values), [values.length]) })

test('each draw predicts for itself, whatever holds its whole numbers', async () => {
  const { x } = await mixture.posteriorPredictive(rows(0, 1, 0), { seed: 0 })
  expect([...x.data].map((value) => value > 50)).toEqual([false, true, false])
})

test('all draws are checked, and not the first only', async () => {
  await expect(mixture.posteriorPredictive(rows(0, 0.6), { seed: 0 })).rejects.toThrow(
    'posteriorPredictive: draws of "c": data must be whole numbers, got 0.6 at [1]',
  )
  await expect(mixture.posteriorPredictive(rows(0, NaN), { seed: 0 })).rejects.toThrow(
    'posteriorPredictive: draws of "c": data are NaN at [1]',
  )
})

test('a site is in the draws or given, and not both', async () => {
  await expect(mixture.posteriorPredictive(rows(0, 1), { seed: 0, given: { c: 1 } })).rejects.toThrow(
    'posteriorPredictive: there are draws of "c", and it is given as well: leave one out',
  )
})
