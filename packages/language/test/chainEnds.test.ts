import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add, mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

test('a chain may have factors only', async () => {
  const factors = model('factors')
    .latent('z', normal(0, 1))
    .plate('group', 2, (group) => group.markov('time', 3, (step) => step.factor('f', ({ z }) => mul(2, z))))
  const { f } = await factors.logProb({ z: 0.5 })
  expect(f.toNested()).toEqual([
    [1, 1, 1],
    [1, 1, 1],
  ])
  const { z } = await factors.sample({ seed: 0, count: 4 })
  expect(z.shape).toEqual([4])
})

test('an input that only later steps of a chain read may be given where there is one step', async () => {
  const driven = model('driven')
    .input('drift')
    .markov('time', 'T', (step) =>
      step
        .latent('z', normal(0, 1), ({ drift }, { z }) => normal(add(z, drift), 1))
        .observed('x', ({ z }) => normal(z, 1)),
    )
  const one = await driven.logJoint({ drift: 2, z: [0], x: [0] })
  expect(one).toBeCloseTo(-Math.log(2 * Math.PI), 12)
  const two = await driven.logJoint({ drift: 2, z: [0, 2], x: [0, 2] })
  expect(two).toBeCloseTo(-2 * Math.log(2 * Math.PI), 12)
})

test('an input that only a site reads which is set by an intervention may be given', async () => {
  const dose = model('dose')
    .input('age')
    .latent('dose', ({ age }) => normal(age, 1))
    .observed('outcome', (seen) => normal(seen.dose, 1))
  const log = await dose.intervene({ dose: 1 }).logJoint({ age: 30, outcome: 1 } as never)
  expect(log).toBeCloseTo(-Math.log(2 * Math.PI) / 2, 12)
})
