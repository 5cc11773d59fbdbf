import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add, gather, mul } from '@variate/core/ops'
import { bernoulli, categorical, normal } from '@variate/distributions'
import { enumeration } from '@variate/inference'
import { model } from '@variate/language'

const density = (x: number, loc: number): number => Math.exp(-0.5 * (x - loc) ** 2) / Math.sqrt(2 * Math.PI)

test('missing numbers are integrated out: the evidence is that of the model without them', async () => {
  const readers = model('readers')
    .latent('mu', normal(0, 1))
    .plate('point', 'n', (point) =>
      point.observed('x', ({ mu }) => normal(mu, 1)).observed('y', ({ x }) => normal(x, 1)),
    )
  const { logEvidence } = await enumeration(readers.withMissing({ x: [1, null] })).fit({ y: [2, 3] })
  // y given mu is normal of variance 1 + 1 where x is missing.
  const without = model('without')
    .latent('mu', normal(0, 1))
    .observed('x', ({ mu }) => normal(mu, 1))
    .observed('y', ({ x }) => normal(x, 1))
    .observed('other', ({ mu }) => normal(mu, Math.SQRT2))
  const expected = await enumeration(without).fit({ x: 1, y: 2, other: 3 })
  expect(logEvidence).toBeCloseTo(expected.logEvidence, 12)
})

test('missing truth values are summed over', async () => {
  const switches = model('switches')
    .latent('c', bernoulli({ probs: 0.3 }))
    .plate('point', 'n', (point) =>
      point
        .observed('x', ({ c }) => bernoulli({ probs: add(0.2, mul(c, 0.5)) }))
        .observed('y', ({ x }) => normal(x, 1)),
    )
  const unknown = switches.withMissing({ x: [1, null, null] })
  const { logEvidence } = await enumeration(unknown).fit({ y: [2, 3, 1] })
  const either = (y: number, p: number): number => p * density(y, 1) + (1 - p) * density(y, 0)
  const given = (p: number): number => p * density(2, 1) * either(3, p) * either(1, p)
  expect(logEvidence).toBeCloseTo(Math.log(0.7 * given(0.2) + 0.3 * given(0.7)), 12)
})

test('a model of parts has the evidence of the parts, and their posteriors under their names', async () => {
  const mixture = model('mixture')
    .plate('component', 2, (k) => k.latent('mu', normal(0, 3)))
    .plate('point', 'n', (point) =>
      point
        .latent('c', categorical({ probs: [0.4, 0.6] }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    )
  const two = model('two').part('left', mixture).part('right', mixture)
  const [left, right] = [[-2, 1, 2], [0.5, 3]] // prettier-ignore
  const both = await enumeration(two).fit({ 'left.x': left, 'right.x': right })
  const [a, b] = await Promise.all([left, right].map((x) => enumeration(mixture).fit({ x })))
  expect(both.logEvidence).toBeCloseTo(a!.logEvidence + b!.logEvidence, 10)
})
