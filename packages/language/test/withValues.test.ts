import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add, mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

// cause → treatment → effect, cause → effect: setting the treatment is not seeing it.
const confounded = model('confounded')
  .latent('cause', normal(0, 1))
  .latent('treatment', ({ cause }) => normal(mul(2, cause), 1))
  .observed('effect', ({ cause, treatment }) => normal(add(mul(3, cause), treatment), 1))

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)
const log = (x: number, loc: number): number => -0.5 * (x - loc) ** 2 - HALF_LOG_TWO_PI

test('a site that is conditioned on counts in the joint, and need not be given', async () => {
  const seen = confounded.condition({ treatment: 1 })
  const joint = await seen.logJoint({ cause: 0.5, effect: 2 })
  expect(joint).toBeCloseTo(log(0.5, 0) + log(1, 1) + log(2, 2.5), 12)
  const { cause, effect } = await seen.sample({ seed: 0, count: 4000 })
  const off = Array.from(effect.data, (x, i) => x - 3 * cause.data[i]! - 1)
  expect(Math.abs(off.reduce((a, b) => a + b, 0) / 4000)).toBeLessThan(4 / Math.sqrt(4000))
})

test('a site that is set has no density, and no longer tells of its causes', async () => {
  const set = confounded.intervene({ treatment: 1 })
  const joint = await set.logJoint({ cause: 0.5, effect: 2 })
  expect(joint).toBeCloseTo(log(0.5, 0) + log(2, 2.5), 12)
  expect(set.graph().edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'cause effect',
    'treatment effect',
  ])
  expect(confounded.graph().edges.map(({ from, to }) => `${from} ${to}`)).toContain('cause treatment')
})

test('values that a site has settle the sizes of its plates', () => {
  const groups = model('groups').plate('point', 'n', (i) => i.observed('x', normal(0, 1)))
  expect(groups.condition({ x: [1, 2] }).graph().nodes.length).toBe(1)
  expect(groups.intervene({ x: [1, 2] }).describe()).toContain('point')
})

test('the model that it was made of stays as it is', async () => {
  const before = await confounded.logJoint({ cause: 0.5, treatment: 1, effect: 2 })
  confounded.condition({ treatment: 5 })
  expect(await confounded.logJoint({ cause: 0.5, treatment: 1, effect: 2 })).toBe(before)
})

test('observations that are missing count nothing', async () => {
  const groups = model('groups')
    .latent('mu', normal(0, 1))
    .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
  expect(await groups.logJoint({ mu: 0.5, x: [1, null, 2, null] })).toBeCloseTo(
    log(0.5, 0) + log(1, 0.5) + log(2, 0.5),
    12,
  )
  const { x } = await groups.logProb({ mu: 0.5, x: [null, 3] })
  expect(x.toNested()).toEqual([0, log(3, 0.5)])
})
