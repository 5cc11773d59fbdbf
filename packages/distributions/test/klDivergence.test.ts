import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { key, UnsupportedError } from '@variate/core'
import { constant, sum } from '@variate/core/ops'
import { describe, expect, it } from 'vitest'
import type { Distribution } from '../src/distribution.ts'
import * as distributions from '../src/index.ts'
import { table } from '../src/kl/table.ts'

const { estimateKlDivergence, klDivergence, normal } = distributions

interface Side {
  readonly distribution: string
  readonly args: readonly unknown[]
}
interface Entry {
  readonly p: Side
  readonly q: Side
  readonly kl: number | string
  readonly sensitivity?: number
}

const entries = JSON.parse(
  readFileSync(new URL('oracles/kl.json', import.meta.url), 'utf8'),
) as readonly Entry[]

const factories = distributions as unknown as Readonly<Record<string, (...args: unknown[]) => Distribution>>
const make = ({ distribution, args }: Side): Distribution => factories[distribution]!(...args)

const pairs = new Map<string, Entry[]>()
for (const entry of entries) {
  const pair = `${entry.p.distribution} from ${entry.q.distribution}`
  pairs.set(pair, [...(pairs.get(pair) ?? []), entry])
}

describe('klDivergence', () => {
  it.each([...pairs])('of %s is that of the oracle', (_, cases) => {
    for (const { p, q, kl, sensitivity = 0 } of cases) {
      const got = klDivergence(make(p), make(q)).dataSync()[0]!
      const expected = Number(kl)
      const allowed = Math.max(4e-6 * Math.abs(expected), 2e-6, 4 * sensitivity)
      const at = `KL(${JSON.stringify(p)}, ${JSON.stringify(q)}) is ${got}, not ${expected} ± ${allowed}`
      expect(got === expected || Math.abs(got - expected) <= allowed, at).toBe(true)
    }
  })

  it('has an oracle for every pair of the table', () => {
    const tested = new Set(entries.map(({ p, q }) => `${p.distribution} ${q.distribution}`))
    const known = Object.entries(table).flatMap(([p, row]) => Object.keys(row).map((q) => `${p} ${q}`))
    expect(known.filter((pair) => !tested.has(pair))).toEqual([])
    expect(known.length).toBeGreaterThanOrEqual(40)
  })

  it('refuses events, categories and batches that are not alike, by their shapes', () => {
    const { categorical, dirichlet, multinomial, multivariateNormalDiag } = distributions
    const [one, two] = [{ probs: [1] }, { probs: [0.5, 0.5] }]
    const events = 'events of shape [1], %s has [2]: make them alike'
    for (const [p, q] of [
      [dirichlet([2]), dirichlet([1, 3])],
      [multivariateNormalDiag([0], [1]), multivariateNormalDiag([0, 0], [1, 1])],
      [multinomial(3, one), multinomial(3, two)],
    ] as const) {
      expect(() => klDivergence(p as Distribution, q)).toThrow(events.replace('%s', q.name))
    }
    expect(() => klDivergence(categorical(one), categorical(two))).toThrow(
      'has categories [1], categorical has [2]',
    )
    expect(() => klDivergence(normal([0, 1], 1), normal([0, 1, 2], 1))).toThrow(
      'klDivergence: batches of normal and normal: shapes [2] and [3] do not broadcast',
    )
  })

  it('broadcasts, and is differentiable', () => {
    expect(klDivergence(normal([0, 1], 1), normal([[1], [0]], 2)).shape).toEqual([2, 2])
    const slope = tf.grad((scale: tf.Tensor) => klDivergence(normal(0, 1), normal(1, scale)))(tf.scalar(2))
    expect(slope.dataSync()[0]).toBeCloseTo(0.25, 6) // 1/σ − 2/σ³
  })

  it('has no slope that is NaN where p has no mean, so that the divergence is infinite', () => {
    const slope = tf.grad((alpha: tf.Tensor) =>
      klDivergence(distributions.pareto(1, alpha), distributions.gamma(2, 1)),
    )
    expect(slope(tf.scalar(0.75)).dataSync()[0]).not.toBeNaN()
    expect(slope(tf.scalar(3)).dataSync()[0]).toBeCloseTo(0.3055556, 5) // 1/α + 2/α² − 1/(α − 1)²
  })

  it('takes apart distributions made of others', () => {
    const { biject, expand, independent, masked, transformed } = distributions
    const [p, q] = [normal([0, 1, 2], 1), normal([1, 1, 0], 2)]
    const each = klDivergence(p, q).dataSync()
    const total = each[0]! + each[1]! + each[2]!
    expect(klDivergence(independent(p), independent(q)).dataSync()[0]).toBeCloseTo(total, 5)
    expect(klDivergence(expand(normal(0, 1), [3]), q).dataSync()[1]).toBeCloseTo(each[0]!, 6)
    expect(klDivergence(independent(expand(p, [2, 3]), 1), independent(q)).shape).toEqual([2])
    const [y, z] = [transformed(p, biject.exp), transformed(q, biject.exp)]
    expect([...klDivergence(y, z).dataSync()]).toEqual([...each])
    const mask = constant([1, 0, 1])
    const masks = klDivergence(masked(p, mask), masked(q, mask)).dataSync()
    expect([...masks]).toEqual([each[0], 0, each[2]])
    expect(() => klDivergence(transformed(p, biject.exp), transformed(q, biject.softplus))).toThrow(
      'klDivergence: (transformed, transformed) has no closed form',
    )
  })

  it('of masked distributions needs one mask: equal numbers, or one tensor', () => {
    const { masked } = distributions
    const [p, q] = [normal([0, 1, 2], 1), normal([1, 1, 0], 2)]
    const each = klDivergence(p, q).dataSync()
    const equal = klDivergence(masked(p, [true, false, true]), masked(q, [1, 0, 1])).dataSync()
    expect([...equal]).toEqual([each[0], 0, each[2]])
    expect([...klDivergence(masked(p, false), masked(q, 0)).dataSync()]).toEqual([0, 0, 0])
    for (const other of [[1, 1, 1], [[1, 0, 1]], 1, constant([1, 0, 1])]) {
      expect(() => klDivergence(masked(p, [1, 0, 1]), masked(q, other))).toThrow(
        new UnsupportedError(
          'klDivergence: (masked, masked) has no closed form unless both have the same mask: one tensor, or equal numbers: use estimateKlDivergence(key, p, q)',
        ),
      )
    }
  })

  it('of independent distributions needs events alike', () => {
    const { independent, multivariateNormal } = distributions
    const [p, q] = [normal([[0, 1]], 1), normal([[1, 1]], 2)]
    expect(() => klDivergence(independent(p, 1), independent(q, 2))).toThrow(
      'klDivergence: independent has events of shape [2], independent has [1,2]: make them alike',
    )
    expect(() => klDivergence(independent(normal([0, 1], 1)), independent(normal([0], 1)))).toThrow('[2]')
    const rows = multivariateNormal([[0, 1]], { scaleTril: [[1, 0], [0, 1]] }) // prettier-ignore
    const loose: Distribution = independent(rows, 1)
    expect(() => klDivergence(loose, independent(q, 2))).toThrow(
      new UnsupportedError(
        'klDivergence: (independent, independent) has no closed form unless both make events of as many axes: use estimateKlDivergence(key, p, q)',
      ),
    )
  })

  it('of distributions transformed by a map of vectors is the sum over the vector', () => {
    const { biject, constraints, transformed } = distributions
    const map = biject(constraints.simplex)
    const [p, q] = [
      normal(
        [
          [0, 1, 2],
          [1, 1, 1],
        ],
        1,
      ),
      normal([1, 1, 0], [[2], [3]]),
    ]
    // log(s/1) + (1 + (m − loc)²)/(2·s²) − ½, summed over the vector
    const ofRow = (row: readonly number[], s: number): number =>
      row.reduce((sum, loc, i) => sum + Math.log(s) + (1 + ([1, 1, 0][i]! - loc) ** 2) / (2 * s * s) - 0.5, 0)
    const got = klDivergence(transformed(p, map), transformed(q, map))
    expect(got.shape).toEqual([2])
    expect(got.dataSync()[0]).toBeCloseTo(ofRow([0, 1, 2], 2), 5)
    expect(got.dataSync()[1]).toBeCloseTo(ofRow([1, 1, 1], 3), 5)
  })

  it('of distributions that a map repeats is that of each', () => {
    const { biject, transformed } = distributions
    const map = biject.affine([0, 1], 2)
    const got = klDivergence(transformed(normal(0, 1), map), transformed(normal(1, 2), map))
    const each = klDivergence(normal(0, 1), normal(1, 2)).dataSync()[0]!
    expect([...got.dataSync()]).toEqual([each, each])
  })

  it('of transformed distributions needs one bijector object', () => {
    const { biject, transformed } = distributions
    expect(() =>
      klDivergence(
        transformed(normal(0, 1), biject.affine(0, 2)),
        transformed(normal(0, 1), biject.affine(0, 2)),
      ),
    ).toThrow(
      new UnsupportedError(
        'klDivergence: (transformed, transformed) has no closed form unless both share one bijector object: use estimateKlDivergence(key, p, q)',
      ),
    )
  })

  it('of mixtures is bounded by that of the weights and those of components, weighted as those of p', () => {
    const { klUpperBound, mixture } = distributions
    const [w, v] = [
      [0.25, 0.75],
      [0.6, 0.4],
    ] as const
    const ofWeights = w[0] * Math.log(w[0] / v[0]) + w[1] * Math.log(w[1] / v[1])
    // log(s/1) + (1 + (m − loc)²)/(2·s²) − ½
    const [first, second] = [Math.log(2) + 2 / 8 - 0.5, Math.log(3) + 1 / 18 - 0.5]
    const expected = ofWeights + w[0] * first + w[1] * second
    const logs = v.map((x) => Math.log(x) + 1)
    for (const [p, q] of [
      [mixture({ probs: w }, normal([0, 4], 1)), mixture({ probs: v }, normal([1, 4], [2, 3]))],
      [
        mixture({ probs: w }, [normal(0, 1), normal(4, 1)]),
        mixture({ logits: logs }, [normal(1, 2), normal(4, 3)]),
      ],
    ] as const) {
      expect(klUpperBound(p, q).dataSync()[0]).toBeCloseTo(expected, 6)
    }
  })

  it('of mixtures has a bound, which is no less than an estimate', () => {
    const { klUpperBound, mixture } = distributions
    const p = mixture({ probs: [0.3, 0.7] }, normal([0, 3], 1))
    const q = mixture({ logits: [0, 0] }, normal([0.5, 2.5], [1, 2]))
    const bound = klUpperBound(p, q).dataSync()[0]!
    const { estimate, standardError } = estimateKlDivergence(key(1), p, q, { samples: 50_000 })
    expect(bound).toBeGreaterThan(estimate.dataSync()[0]! - 4 * standardError.dataSync()[0]!)
    expect(bound).toBeLessThan(2 * estimate.dataSync()[0]! + 0.1)
    expect(klUpperBound(p, p).dataSync()[0]).toBe(0)
    const lists = [normal(0, 1), distributions.laplace(3, 1)] as const
    expect(
      klUpperBound(
        mixture({ probs: [0.3, 0.7] }, lists),
        mixture({ probs: [0.3, 0.7] }, lists),
      ).dataSync()[0],
    ).toBe(0)
    // @ts-expect-error no closed form
    expect(() => klDivergence(p, q)).toThrow('use klUpperBound(p, q) or estimateKlDivergence(key, p, q)')
    expect(() => klUpperBound(p, mixture({ probs: [1] }, normal([0], 1)))).toThrow(
      'klUpperBound: p has 2 components, q has 1: they must be equally many',
    )
  })

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors
    klDivergence(normal(0, 1), normal(1, 2)).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('names the Monte Carlo estimate where there is no closed form', () => {
    const [p, q]: Distribution[] = [normal(0, 1), distributions.cauchy(0, 1)]
    expect(() => klDivergence(p!, q!)).toThrow(UnsupportedError)
    expect(() => klDivergence(p!, q!)).toThrow(
      'klDivergence: (normal, cauchy) has no closed form: use estimateKlDivergence(key, p, q)',
    )
    // @ts-expect-error no closed form
    expect(() => klDivergence(normal(0, 1), distributions.cauchy(0, 1))).toThrow(UnsupportedError)
    const [few, many] = [10, 11].map((total) => distributions.binomial(total, { probs: 0.5 }))
    expect(() => klDivergence(few!, many!)).toThrow('of unlike totals has no closed form')
  })
})

describe('estimateKlDivergence', () => {
  it('is near the closed form, and its gradient near that', () => {
    const q = normal([1, 0], 2)
    const { estimate, standardError } = estimateKlDivergence(key(0), normal(0, 1), q, { samples: 100_000 })
    const exact = klDivergence(normal(0, 1), q).dataSync()
    exact.forEach((value, i) => {
      expect(Math.abs(estimate.dataSync()[i]! - value)).toBeLessThan(5 * standardError.dataSync()[i]!)
    })
    const slope = tf.grad((loc: tf.Tensor) => sum(estimateKlDivergence(key(0), normal(loc, 1), q).estimate))
    expect(slope(tf.scalar(0)).dataSync()[0]).toBeCloseTo(-0.25, 1)
  })

  it('has the standard error of a mean: the standard deviation of the draws / √n', () => {
    const samples = 40
    const [p, q] = [normal(0, 1), normal(1, 2)]
    const { estimate, standardError } = estimateKlDivergence(key(5), p, q, { samples })
    const terms = Array.from(
      p.sample(key(5), [samples]).dataSync(),
      (x) => Math.log(2) - x ** 2 / 2 + ((x - 1) / 2) ** 2 / 2,
    )
    const mean = terms.reduce((sum, x) => sum + x, 0) / samples
    const variance = terms.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (samples - 1)
    expect(estimate.dataSync()[0]).toBeCloseTo(mean, 5)
    expect(standardError.dataSync()[0]).toBeCloseTo(Math.sqrt(variance / samples), 5)
  })

  it('refuses fewer than two draws', () => {
    expect(() => estimateKlDivergence(key(0), normal(0, 1), normal(1, 2), { samples: 1 })).toThrow(
      'estimateKlDivergence: samples must be a whole number >= 2, got 1',
    )
  })
})
