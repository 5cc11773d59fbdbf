import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { NumericalError } from '@variate/core'
import { add } from '@variate/core/ops'
import { normal, uniform } from '@variate/distributions'
import { elbo } from '@variate/inference'
import { guide, model } from '@variate/language'

const interval = model('interval')
  .latent('m', normal(0, 1))
  .observed('x', ({ m }) => uniform(m, add(m, 1)))
const wide = guide(interval).latent('m', normal(0, 1))

test.each([1, 4])('a bound of −∞ is refused with the site, in means of %i draws', async (draws) => {
  const estimate = elbo(interval, wide, { draws }).estimate({ x: 0.5 }, { seed: 0 })
  await expect(estimate).rejects.toThrow(NumericalError)
  await expect(estimate).rejects.toThrow('the bound is −∞: site "x" has probability 0 at draws of the guide')
})
