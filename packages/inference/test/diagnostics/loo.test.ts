import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { gather, mul, stack } from '@variate/core/ops'
import { categorical, discreteUniform, halfNormal, multivariateNormal, normal } from '@variate/distributions'
import { enumeration, loo, looOf, pointwiseLogLikelihood, waic, waicOf } from '@variate/inference'
import { model } from '@variate/language'
import oracle from './oracles/diagnostics.json' with { type: 'json' }

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

describe.each(oracle.models)('of the log likelihoods of model "$name"', (own) => {
  const logs = { x: own.logLikelihood }

  test('PSIS-LOO is what ArviZ has', () => {
    const got = looOf(logs)
    expect(got.elpd).toBeCloseTo(own.loo.elpd, 9)
    expect(got.standardError).toBeCloseTo(own.loo.standardError, 9)
    expect(got.effectiveParameters).toBeCloseTo(own.loo.effectiveParameters, 9)
    for (const [i, expected] of own.loo.pointwise.entries()) {
      expect(got.pointwise[i]).toBeCloseTo(expected, 9)
      expect(got.kHat[i]).toBeCloseTo(own.loo.kHat[i]!, 9)
    }
  })

  test('WAIC is what ArviZ has', () => {
    const got = waicOf(logs)
    expect(got.elpd).toBeCloseTo(own.waic.elpd, 9)
    expect(got.standardError).toBeCloseTo(own.waic.standardError, 9)
    expect(got.effectiveParameters).toBeCloseTo(own.waic.effectiveParameters, 9)
    for (const [i, expected] of own.waic.pointwise.entries())
      expect(got.pointwise[i]).toBeCloseTo(expected, 9)
  })

  test('weights of the draws multiply those that leave an observation out', () => {
    const got = looOf(logs, { logWeights: oracle.logWeights })
    for (const [i, expected] of own.weighted.pointwise.entries()) {
      expect(got.pointwise[i]).toBeCloseTo(expected, 9)
      expect(got.kHat[i]).toBeCloseTo(own.weighted.kHat[i]!, 9)
    }
  })
})

/** x ~ normal(μ, 1), μ ~ normal(0, s²): the density of an observation given the others is normal. */
const points = model('points')
  .latent('mu', normal(0, 3))
  .plate('point', 'n', (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
const x = [-0.6, 0.3, 1.1, 0.2, -1.4, 0.9, 2.0, 0.4]

function logLeftOut(i: number): number {
  const others = x.filter((_, j) => j !== i)
  const precision = 1 / 9 + others.length
  const mean = others.reduce((a, b) => a + b, 0) / precision
  const variance = 1 + 1 / precision
  return -0.5 * Math.log(2 * Math.PI * variance) - (x[i]! - mean) ** 2 / (2 * variance)
}

/** By the delta method that of log 1 / E[1 / p]: what PSIS-LOO estimates, but for its smoothing. */
function standardError({ data, shape }: NdArray, i: number): number {
  const [n, size] = [shape[0]!, shape[1]!]
  const inverses = Float64Array.from({ length: n }, (_, row) => Math.exp(-data[row * size + i]!))
  const mean = inverses.reduce((a, b) => a + b, 0) / n
  return Math.sqrt(inverses.reduce((sum, w) => sum + (w - mean) ** 2, 0) / n ** 2) / mean
}

describe('of a conjugate model', () => {
  test('each observation has its exact leave-one-out log density, by draws of the posterior', async () => {
    const { posterior } = await enumeration(points).fit({ x })
    const { mu } = await posterior.sample(20_000, { seed: 0 })
    const got = await loo(points, { mu }, { x })
    const logs = (await pointwiseLogLikelihood(points, { mu }, { x })).x
    let most = 0
    for (const [i] of x.entries()) {
      const error = standardError(logs, i)
      most += 4 * error
      expect(Math.abs(got.pointwise[i]! - logLeftOut(i)) / error, `of x[${i}]`).toBeLessThan(4)
    }
    expect(got.points[3]).toEqual({ site: 'x', element: [3] })
    expect(got.warnings).toEqual([])
    const exact = x.reduce((sum, _, i) => sum + logLeftOut(i), 0)
    expect(Math.abs(got.elpd - exact)).toBeLessThan(most)
    // WAIC is the same up to terms of the order 1 / n, which is 8.
    expect(Math.abs((await waic(points, { mu }, { x })).elpd - exact)).toBeLessThan(1 / 8)
  })

  test('and by draws of an approximation that is off, with their weights, but not without', async () => {
    const precision = 1 / 9 + x.length
    const mean = x.reduce((a, b) => a + b, 0) / precision
    const [loc, scale] = [mean + 0.3, 1.2 / Math.sqrt(precision)]
    const z = (await model('q').latent('z', normal(loc, scale)).sample({ seed: 0, count: 20_000 })).z
    const logWeights = Float64Array.from(
      z.data,
      (mu) => (-precision * (mu - mean) ** 2) / 2 + ((mu - loc) / scale) ** 2 / 2,
    )
    const corrected = await loo(points, { mu: z }, { x }, { logWeights })
    const plain = await loo(points, { mu: z }, { x })
    const worst = (pointwise: Float64Array) =>
      Math.max(...pointwise.map((own, i) => Math.abs(own - logLeftOut(i))))
    expect(worst(corrected.pointwise)).toBeLessThan(0.02)
    expect(worst(plain.pointwise)).toBeGreaterThan(0.2)
  })
})

test('an observation that the posterior depends on too much is named', async () => {
  const own = model('outlier')
    .latent('mu', normal(0, 10))
    .plate('group', 'g', (g) => g.observed('x', ({ mu }) => normal(mu, 1)))
  const data = { x: [0.1, -0.2, 0.3, 9] }
  const { posterior } = await enumeration(own).fit(data)
  const got = await loo(own, await posterior.sample(400, { seed: 0 }), data)
  expect(got.warnings).toHaveLength(1)
  expect(got.warnings[0]).toMatch(/^x\[3\]: leaving it out changes the posterior too much .* above 0\.62/)
  expect(String(got)).toContain(got.warnings[0])
  expect(String(got)).toMatch(/^of 4 observations by 400 draws\nnats +estimate +standard error/)
})

test('of 20 draws or fewer nothing can be told', () => {
  const logs = { x: Array.from({ length: 20 }, (_, i) => [-1 - i / 20]) }
  expect(looOf(logs).warnings).toEqual([
    '20 draws are too few to tell how much the posterior depends on each observation: pass hundreds',
  ])
})

describe('log likelihoods of a model', () => {
  const mixture = model('mixture')
    .plate('component', 2, (k) => k.latent('mu', normal(0, 2)))
    .latent('scale', halfNormal(2))
    .plate('point', 'n', (i) =>
      i
        .input('offset')
        .latent('c', categorical({ probs: [0.5, 0.5] }))
        .observed('x', ({ mu, c, scale }) => normal(gather(mu, c), scale))
        .observed('pair', ({ offset }) =>
          multivariateNormal(stack([offset, offset]), {
            covariance: [
              [2, 0],
              [0, 1],
            ],
          }),
        ),
    )
  const data = {
    offset: [0, 1, 0],
    x: [0.5, null, 2],
    pair: [
      [0, 1],
      [1, 1],
      [-1, 0.5],
    ],
  }

  test('are those of the model, element by element, in parts that need little memory', async () => {
    const wide = model('wide')
      .latent('mu', normal(0, 1))
      .plate('row', 3, (r) => r.plate('column', 400, (c) => c.observed('x', ({ mu }) => normal(mu, 1))))
    const given = {
      x: Array.from({ length: 3 }, (_, r) => Array.from({ length: 400 }, (_, c) => r + c / 400)),
    }
    const mu = Float64Array.from({ length: 301 }, (_, s) => s / 100 - 1)
    const got = await pointwiseLogLikelihood(wide, { mu }, given)
    expect(got.x.shape).toEqual([301, 3, 400])
    for (const [s, r, c] of [
      [0, 0, 0],
      [300, 2, 399],
      [150, 1, 7],
      [217, 0, 300],
    ] as const) {
      const deviation = r + c / 400 - mu[s]!
      expect(got.x.at(s, r, c)).toBeCloseTo(-0.5 * Math.log(2 * Math.PI) - deviation ** 2 / 2, 12)
    }
  })

  const draws = {
    mu: [
      [-1, 1],
      [0, 2],
      [0.5, 0.7],
    ],
    scale: [1, 2, 0.5],
    c: [
      [0, 1, 1],
      [1, 1, 0],
      [0, 0, 0],
    ],
  }

  test('are those that the model has at each draw; what is missing is NaN', async () => {
    const got = await pointwiseLogLikelihood(mixture, draws, data)
    expectTypeOf(got).toEqualTypeOf<Readonly<Record<'x' | 'pair', NdArray<Float64Array>>>>()
    for (const [s] of draws.scale.entries()) {
      const values = { ...data, mu: draws.mu[s]!, scale: draws.scale[s]!, c: draws.c[s]! }
      const logs = await mixture.logProb(values)
      expect(got.x.at(s, 1)).toBeNaN()
      for (const i of [0, 2]) expect(got.x.at(s, i)).toBeCloseTo(logs.x.at(i), 12)
      for (const i of [0, 1, 2]) expect(got.pair.at(s, i)).toBeCloseTo(logs.pair.at(i), 12)
    }
  })

  test('of which those of all sites that are observed count, but not what is missing', async () => {
    const got = await loo(mixture, draws, data)
    expect(got.points.map(({ site, element }) => `${site}${element}`)).toEqual([
      'x0',
      'x2',
      'pair0',
      'pair1',
      'pair2',
    ])
  })

  test('are had where the data are conditioned on, and where others are drawn or computed', async () => {
    const known = model('known')
      .latent('mu', normal(0, 1))
      .deterministic('twice', ({ mu }) => mul(2, mu))
      .plate('i', 2, (i) => i.observed('x', ({ twice }) => normal(twice, 1)))
      .condition({ x: [1, 2] })
    const { posterior } = await enumeration(known).fit({})
    const sample = await posterior.sample(200, { seed: 0 })
    expect((await loo(known, sample, {})).points).toHaveLength(2)
    expect((await loo(known, { ...sample, twice: sample.mu } as never, {})).points).toHaveLength(2)
  })

  test('and where missing observations are latents: those that are there count', async () => {
    const readers = model('readers').plate('point', 'n', (point) =>
      point.observed('x', normal(0, 1)).observed('y', ({ x: read }) => normal(read, 1)),
    )
    const unknown = readers.withMissing({ x: [0.5, null] })
    const got = await pointwiseLogLikelihood(unknown, { 'x.missing': [[2], [1]] }, { y: [0, 2] })
    const log = (z: number) => -0.5 * Math.log(2 * Math.PI) - z ** 2 / 2
    for (const [s, missing] of [2, 1].entries()) {
      expect(got.y.at(s, 0)).toBeCloseTo(log(0.5), 12)
      expect(got.y.at(s, 1)).toBeCloseTo(log(2 - missing), 12)
      expect(Object.values(got)[0]!.at(s, 0)).toBeCloseTo(log(0.5), 12)
      expect(Object.values(got)[0]!.at(s, 1)).toBeNaN()
    }
  })

  test('draws that do not fit are told of, with the site', async () => {
    const fails = (own: object, message: string) =>
      expect(pointwiseLogLikelihood(mixture, own as never, data)).rejects.toThrow(message)
    const { c: _, ...withoutC } = draws
    await fails(withoutC, 'site "c" (plate "point") is latent, and there are no draws of it')
    await fails({ ...draws, scale: [1, 2] }, 'those of "mu" have shape [3,2], of "scale" [2]')
    await fails({ ...draws, x: [1, 2, 3] }, 'site "x" (plate "point") is no latent: give it with the data')
    await fails({ ...draws, other: [1, 2, 3] }, 'there are draws of "other", which is not declared')
    await fails({ ...draws, mu: [[1], [2], [3]] }, 'site "mu" (plate "component")')
    await fails(
      {
        ...draws,
        c: [
          [0, 1, 1],
          [1, 1, 0],
          [0, 0.5, 0],
        ],
      },
      'draws of "c" must be whole numbers',
    )
    await expect(
      pointwiseLogLikelihood(model('m').latent('z', normal(0, 1)), { z: [1] }, {} as never),
    ).rejects.toThrow('no site is observed')
    // @ts-expect-error Property 'c' is missing
    await expect(loo(mixture, withoutC, data)).rejects.toThrow('site "c"')
    // @ts-expect-error Property 'pair' is missing
    await expect(loo(mixture, draws, { offset: [0, 0, 0], x: [1, 2, 3] })).rejects.toThrow('site "pair"')
  })

  test('an observation that is impossible in a draw is named', async () => {
    const counts = model('counts')
      .latent('high', discreteUniform(1, 3))
      .plate('i', 2, (i) => i.observed('k', ({ high }) => discreteUniform(0, high)))
    await expect(loo(counts, { high: [3, 1, 3] }, { k: [0, 2] })).rejects.toThrow(
      'loo: the log density of k[1] is -Infinity in draw 1',
    )
  })
})
