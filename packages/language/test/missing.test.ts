import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import { add, constant, gather, mul } from '@variate/core/ops'
import { bernoulli, categorical, multivariateNormal, normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const TINY = 1e-9

// y is x + mu, so that what is drawn tells what it was drawn given.
const readers = model('readers')
  .latent('mu', normal(10, 1))
  .plate('point', 'n', (point) =>
    point.observed('x', ({ mu }) => normal(mu, 1)).observed('y', ({ x, mu }) => normal(add(x, mu), TINY)),
  )

test('values that are there stay, those that are missing are drawn, and who reads them sees both', async () => {
  const { mu, x, y } = await readers.sample({ seed: 1, given: { mu: 10, x: [1, null, 3, null] } })
  expect([x.at(0), x.at(2), mu.at()]).toEqual([1, 3, 10])
  expect(Math.abs(x.at(1) - 10)).toBeLessThan(6)
  expect(x.at(1)).not.toBe(x.at(3))
  y.data.forEach((value, i) => expect(value).toBeCloseTo(x.at(i) + 10, 6))
})

test('what is missing is drawn from the site’s distribution, in each of many draws by itself', async () => {
  const { x, mu } = await readers.sample({ seed: 2, count: 4000, given: { x: [1, null] } })
  expect(x.shape).toEqual([4000, 2])
  const off = Array.from({ length: 4000 }, (_, i) => x.at(i, 1) - mu.at(i))
  const [mean, second] = [1, 2].map((power) => off.map((z) => z ** power).reduce((a, b) => a + b) / 4000)
  expect(Math.abs(mean!)).toBeLessThan(4 / Math.sqrt(4000))
  expect(Math.abs(second! - 1)).toBeLessThan(4 * Math.sqrt(2 / 4000))
  expect(new Set(Array.from({ length: 4000 }, (_, i) => x.at(i, 0)))).toEqual(new Set([1]))
})

test('predictions for draws of a posterior, and replays, complete data as well', async () => {
  const mu: NdArray = ndarray(Float64Array.of(0, 100), [2])
  const predicted = await readers.posteriorPredictive({ mu }, { seed: 3, given: { x: [5, null] } })
  expect([predicted.x.at(0, 0), predicted.x.at(1, 0)]).toEqual([5, 5])
  expect(Math.abs(predicted.x.at(0, 1))).toBeLessThan(6)
  expect(Math.abs(predicted.x.at(1, 1) - 100)).toBeLessThan(6)
  expect(predicted.y.at(1, 1)).toBeCloseTo(predicted.x.at(1, 1) + 100, 6)
  const replayed = await readers.replay({ mu: 3, x: [1, null], y: [null, 7] }, { seed: 4 })
  expect([replayed.x.at(0), replayed.y.at(1)]).toEqual([1, 7])
  expect(replayed.y.at(0)).toBeCloseTo(4, 6)
})

test('latents may be known in part, and categories and vectors be missing', async () => {
  const points = model('points').plate('point', 3, (point) =>
    point
      .latent('c', categorical({ probs: [0.5, 0.5] }))
      .observed('x', ({ c }) =>
        multivariateNormal(gather(constant([[0, 0], [9, 9]]), c), { scaleTril: [[TINY, 0], [0, TINY]] }),
      ),
  ) // prettier-ignore
  const { c, x } = await points.sample({ seed: 5, given: { c: [1, null, 0], x: [[2, 3], null, null] } })
  expect([c.at(0), c.at(2)]).toEqual([1, 0])
  expect([x.at(0, 0), x.at(0, 1)]).toEqual([2, 3])
  expect(x.at(1, 1)).toBeCloseTo(9 * c.at(1), 6)
  expect(x.at(2, 0)).toBeCloseTo(0, 6)
})

test('vectors may be missing everywhere', async () => {
  const points = model('points').plate('point', 'n', (point) => point.observed('x', normal([0, 5], 1)))
  const { x } = await points.sample({ seed: 0, given: { x: [null, null, null] } })
  expect(x.shape).toEqual([3, 2])
  expect(await points.logJoint({ x: [null, null] })).toBe(0)
})

test('steps of a chain that are missing are drawn given the step before', async () => {
  const walk = model('walk').markov('time', 'T', (step) =>
    step
      .latent('z', normal(0, TINY), (_, { z }) => normal(add(z, 1), TINY))
      .observed('x', ({ z }) => normal(mul(2, z), TINY))
      .observed('on', ({ x }) => bernoulli({ logits: mul(x, 1e6) })),
  )
  const { z, x } = await walk.sample({
    seed: 6,
    given: { z: [null, 5, null, null], x: [7, null, null, -1], on: [null, null, 0, null] },
  })
  z.data.forEach((value, i) => expect(value).toBeCloseTo([0, 5, 6, 7][i]!, 6))
  x.data.forEach((value, i) => expect(value).toBeCloseTo([7, 10, 12, -1][i]!, 6))
  const { on } = await walk.sample({
    seed: 6,
    count: 3,
    given: { z: [1, null], on: [0, null] },
  })
  expect(on.toNested()).toEqual([[0, 1], [0, 1], [0, 1]]) // prettier-ignore
})

test('the joint of what is missing is refused where others read it, with what to do', async () => {
  await expect(readers.logJoint({ mu: 0, x: [1, null], y: [1, 2] })).rejects.toThrow(
    'the value at [1] is missing, and site "y" (plate "point") depends on it: withMissing({ x: … }) makes latents of what is missing',
  )
  const input = model('m').plate('p', 'n', (p) => p.input('w').latent('z', ({ w }) => normal(w, 1)))
  await expect(input.sample({ seed: 0, given: { w: [1, null] } })).rejects.toThrow(
    'site "w" (plate "p"): the value at [1] is missing: only latents and observations may be',
  )
})
