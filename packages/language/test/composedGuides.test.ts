import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { mul } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { guide, model, positive } from '@variate/language'
import { pair } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const log = (x: number, loc: number, scale = 1): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

const groups = model('groups')
  .latent('mu', normal(0, 1))
  .plate('group', 'n', (group) =>
    group.latent('theta', ({ mu }) => normal(mu, 1)).observed('y', ({ theta }) => normal(theta, 1)),
  )

test('a guide is over the latents of parts, in their plates, by the names that the model has for them', async () => {
  const two = model('two').part('left', groups).part('right', groups)
  const own = guide(two)
    .param('width', positive())
    .latent('left.mu', normal(0, 1))
    .latent('right.mu', (seen) => normal(seen['left.mu'], 1))
    .plate('left.group', 'left.n', (group) =>
      group.latent('left.theta', (seen) => normal(seen['left.y'], seen.width)),
    )
    .plate('right.group', 'right.n', (group) => group.latent('right.theta', normal(0, 1)))
  const data = { 'left.y': [1, 2], 'right.y': [3] }
  const { guide: bound } = pair(two.program, own.program, data, { who: 'elbo' })
  expect(bound.specs['left.theta']!.shape).toEqual([2])
  const logs = await own.logProb({
    ...data,
    width: 2,
    'left.mu': 1,
    'right.mu': 3,
    'left.theta': [0, 0],
    'right.theta': [1],
  })
  expect(logs['right.mu'].at()).toBeCloseTo(log(3, 1), 12)
  expect(logs['left.theta'].at(1)).toBeCloseTo(log(0, 2, 2), 12)
})

test('a guide is over what is missing', async () => {
  const readers = model('readers')
    .latent('mu', normal(0, 1))
    .plate('point', 3, (point) =>
      point.observed('x', ({ mu }) => normal(mu, 1)).observed('y', ({ x }) => normal(x, 1)),
    )
    .withMissing({ x: [1, null, null] })
  const own = guide(readers)
    .latent('mu', normal(0, 1))
    .plate('x.missing', 2, (each) => each.latent('x.missing', ({ mu }) => normal(mul(2, mu), 1)))
  const data = { y: [1, 2, 3] }
  expect(pair(readers.program, own.program, data, { who: 'elbo' }).guide.specs['x.missing']!.shape).toEqual([
    2,
  ])
  const logs = await own.logProb({ ...data, mu: 1, 'x.missing': [3, 4] } as never)
  expect(logs['x.missing'].at(1)).toBeCloseTo(log(4, 2), 12)
  const drawn = await own.sample({ seed: 0, given: data as never, count: 2 })
  expect(drawn['x.missing'].shape).toEqual([2, 2])
})
