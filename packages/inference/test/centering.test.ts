import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { em, enumeration, importanceSampling } from '@variate/inference'
import { normal } from '@variate/distributions'
import { model, positive } from '@variate/language'

// Centring says how latents are searched: what does not search their space gives the same results, whatever it is.

const groups = (centered: boolean) =>
  model('groups')
    .latent('mu', normal(0, 2))
    .plate('group', 3, (group) =>
      group
        .latent('theta', ({ mu }) => normal(mu, 1), { centered })
        .observed('y', ({ theta }) => normal(theta, 0.5)),
    )
const data = { y: [0.3, 1.2, 2.5] }

test('exact inference does not depend on centring, and gives the evidence by hand', async () => {
  const fits = await Promise.all([true, false].map((centered) => enumeration(groups(centered)).fit(data)))
  expect(fits[1]!.logEvidence).toBe(fits[0]!.logEvidence)
  // y ~ N(0, 1.25·I + 4·11ᵀ): eigenvalues 1.25, 1.25 and 13.25.
  const total = 4
  const squares = 0.3 ** 2 + 1.2 ** 2 + 2.5 ** 2
  const quadratic = (squares - total ** 2 / 3) / 1.25 + total ** 2 / 3 / 13.25
  const logDet = 2 * Math.log(1.25) + Math.log(13.25)
  expect(fits[1]!.logEvidence).toBeCloseTo(-0.5 * (3 * Math.log(2 * Math.PI) + logDet + quadratic), 10)
})

test('nor does importance sampling', async () => {
  const [centered, other] = await Promise.all(
    [true, false].map((own) => importanceSampling(groups(own), { particles: 100 }).fit(data, { seed: 0 })),
  )
  expect(other!.logEvidence).toBe(centered!.logEvidence)
  expect((await other!.posterior.sample(3, { seed: 1 })).theta.shape).toEqual([3, 3])
})

test('nor does EM', async () => {
  const fits = [true, false].map((centered) =>
    em(
      model('noisy')
        .param('sd', positive())
        .plate('i', 'n', (i) =>
          i
            .latent('theta', ({ sd }) => normal(0, sd), { centered })
            .observed('y', ({ theta }) => normal(theta, 0.5)),
        ),
    ).fit(data, { seed: 0 }),
  )
  const [centered, other] = await Promise.all(fits)
  expect(other!.logLikelihood).toBe(centered!.logLikelihood)
  expect(other!.params.sd.data[0]).toBe(centered!.params.sd.data[0])
})
