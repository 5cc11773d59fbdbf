import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { constraints, improperUniform, normal, type Distribution } from '@variate/distributions'
import { model } from '@variate/language'
import { enumeration } from '../../src/exact/enumeration.ts'
import { importanceSampling } from '../../src/monteCarlo/importanceSampling.ts'

const grouped = model('grouped')
  .plate('k', 3, (k) => k.latent('mu', normal(0, 1)))
  .plate('i', 'n', (i) => i.input('g').observed('x', ({ mu, g }) => normal(gather(mu, g), 1)))

test('an index out of range is told with the site that reads it, by whatever reads it', async () => {
  const data = { g: [0, 5], x: [1, 2] }
  const message = 'site "x" (plate "i"): gather: indices must be 0 … 2'
  await expect(grouped.logJoint({ mu: [1, 2, 3], ...data })).rejects.toThrow(message)
  await expect(grouped.sample({ seed: 0, given: { g: data.g } })).rejects.toThrow(message)
  await expect(enumeration(grouped).fit(data)).rejects.toThrow(message)
})

test('an improper latent has a density, and what cannot be done with it says so', async () => {
  const flat = model('flat')
    .latent('z', improperUniform(constraints.real, [], []) as unknown as Distribution)
    .observed('x', ({ z }) => normal(z, 1))
  expect(await flat.logJoint({ z: 1, x: 2 })).toBeCloseTo(-0.5 - 0.5 * Math.log(2 * Math.PI), 12)
  await expect(flat.sample({ seed: 0 })).rejects.toThrow(
    'site "z": improperUniform is improper and cannot be drawn',
  )
  await expect(importanceSampling(flat).fit({ x: 2 }, { seed: 0 })).rejects.toThrow('site "z"')
  // The integral of the likelihood over the line is 1.
  const exact = await enumeration(flat).fit({ x: 2 })
  expect(exact.logEvidence).toBeCloseTo(0, 12)
  expect(exact.posterior.mean.z.data[0]).toBeCloseTo(2, 12)
})
