import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { add, gather, mul } from '@variate/core/ops'
import { categorical, normal } from '@variate/distributions'
import { model, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const confounded = model('confounded')
  .input('dose')
  .latent('cause', normal(0, 1))
  .latent('treatment', ({ cause }) => normal(mul(2, cause), 0.1))
  .deterministic('twice', ({ treatment, dose }) => mul(mul(2, treatment), dose))
  .observed('effect', ({ cause, twice }) => normal(add(cause, twice), 1e-9))
const given = { dose: 1 }

test('a draw that is replayed whole is the same draw again', async () => {
  const draw = await confounded.sample({ seed: 1, given })
  expect(await confounded.replay(draw, { seed: 2, given })).toEqual(draw)
})

test('what a draw lacks is drawn given the rest, and what is computed is computed anew', async () => {
  const { cause, treatment, twice } = await confounded.sample({ seed: 1, given })
  const again = await confounded.replay({ cause, treatment, twice }, { seed: 2, given: { dose: 10 } })
  expect(again.cause).toEqual(cause)
  expect(again.twice.at()).toBeCloseTo(20 * treatment.at(), 12)
  expect(again.effect.at()).toBeCloseTo(cause.at() + 20 * treatment.at(), 6)
  expect(await confounded.replay({ cause: 3 }, { seed: 2, given })).toEqual(
    await confounded.sample({ seed: 2, given: { ...given, cause: 3 } }),
  )
})

test('a draw in the model in which a site is set is what would have been', async () => {
  const { effect: _, ...draw } = await confounded.sample({ seed: 1, given })
  const set = confounded.intervene({ treatment: 5 })
  const again = await set.replay(draw, { seed: 2, given })
  expect(again.cause).toEqual(draw.cause)
  expect(again.effect.at()).toBeCloseTo(draw.cause.at() + 10, 6)
  const known = confounded.condition({ treatment: 5 })
  expect((await known.replay(draw, { seed: 2, given })).twice.at()).toBe(10)
})

const mixture = model('mixture')
  .plate('component', 2, (k) => k.latent('mu', normal(0, 10)))
  .plate('point', 'n', (i) =>
    i
      .latent('c', categorical({ probs: [0.5, 0.5] }))
      .observed('x', ({ mu, c }) => normal(gather(mu, c), 1e-9)),
  )

test('several draws are replayed each by itself', async () => {
  const draws = await mixture.sample({ seed: 1, count: 6, sizes: { n: 3 } })
  const { mu, c, x } = await mixture.replay({ mu: draws.mu, c: draws.c }, { seed: 2, count: 6 })
  expect([mu, c]).toEqual([draws.mu, draws.c])
  x.data.forEach((value, i) => expect(value).toBeCloseTo(mu.at(Math.floor(i / 3), c.data[i]!), 6))
  const nested = { mu: draws.mu.toNested() as number[][], c: draws.c.toNested() as number[][] }
  expect((await mixture.replay(nested, { seed: 2, count: 6 })).x).toEqual(x)
  const none = await mixture.replay({}, { seed: 2, count: 6, sizes: { n: 3 } })
  expect(none).toEqual(await mixture.sample({ seed: 2, count: 6, sizes: { n: 3 } }))
})

const six = mixture.sample({ seed: 1, count: 6, sizes: { n: 3 } })

test.each([
  ['draws along a first axis without their number', async () => mixture.replay({ mu: (await six).mu }, { seed: 0, sizes: { n: 3 } }), 'if the draw has 6 along a first axis, say count: 6'],
  ['draws of another number', async () => mixture.replay({ mu: (await six).mu }, { seed: 0, count: 5 }), 'replay: count is 5, and "mu" has shape [6,2]: the draws lie along the first axis'],
  ['a site that is given as well', () => mixture.replay({ mu: [1, 2] }, { seed: 0, given: { mu: [1, 2] }, sizes: { n: 1 } }), 'replay: "mu" is in the draw, and given as well'],
  ['a site that there is not', () => (mixture as unknown as Model).replay({ nu: 1 } as never, { seed: 0 }), '"nu" is given, which is not declared: did you mean "mu"?'],
  ['values that are missing in one of several', () => mixture.replay({ mu: [[1, null]] }, { seed: 0, count: 1 }), 'replay: "mu": values are missing'],
  ['fractions of what is whole', () => mixture.replay({ c: ndarray(Float64Array.of(0, 1, 1, 0.5), [2, 2]) }, { seed: 0, count: 2 }), 'replay: draws of "c": data must be whole numbers, got 0.5 at [1,1]'],
] as const)('%s: refused', async (_, run, message) => {
  await expect(run()).rejects.toThrow(message)
}) // prettier-ignore
