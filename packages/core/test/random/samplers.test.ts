import { describe, expect, it } from 'vitest'
import { key } from '../../src/index.ts'
import { fillBinomial } from '../../src/random/fillBinomial.ts'
import { fillDirichlet } from '../../src/random/fillDirichlet.ts'
import { fillGamma } from '../../src/random/fillGamma.ts'
import { fillMultinomial } from '../../src/random/fillMultinomial.ts'
import { fillNormal64 } from '../../src/random/fillNormal.ts'
import { fillPoisson } from '../../src/random/fillPoisson.ts'
import { fillUniform64 } from '../../src/random/fillUniform.ts'
import { fillCase, nameOf } from './namedSamplers.ts'
import { fitOf, samplerOracle, type SamplerCase } from './samplerOracle.ts'

function drawsOf(expected: SamplerCase, seed: number): Float64Array {
  return filled((out) => fillCase(expected, key(seed), out))
}

const cases = samplerOracle.cases.map((each, i) => ({ ...each, name: nameOf(each), seed: 1000 + i }))

describe('draws', () => {
  it.each(cases)('of $name have their distribution, moments and no memory', (expected) => {
    const fit = fitOf(drawsOf(expected, expected.seed), expected)
    for (const [statistic, value] of Object.entries(fit)) expect(value, statistic).toBeLessThan(1)
  })
})

describe('draws of rows', () => {
  const n = samplerOracle.draws
  const column = (rows: Float64Array, k: number): Float64Array =>
    filled((out) => {
      for (let row = 0; row < n; row++) out[row] = rows[row * 3 + k]!
    })
  const find = (name: string): SamplerCase => cases.find((each) => each.name === name)!

  it.each([
    { probs: [0.37, 0.13, 0.5], k: 0 },
    { probs: [0.13, 0.37, 0.5], k: 1 },
    { probs: [0.13, 0.5, 0.37], k: 2 },
  ])('of the multinomial distribution have binomial counts, in column $k', ({ probs, k }) => {
    const rows = new Float64Array(3 * n)
    fillMultinomial(key(k), Float64Array.of(1000), Float64Array.from(probs), 3, rows)
    const fit = fitOf(column(rows, k), find('binomial(1000, 0.37)'))
    for (const [statistic, value] of Object.entries(fit)) expect(value, statistic).toBeLessThan(1)
    const totals = new Set(
      Array.from({ length: n }, (_, i) => rows[3 * i]! + rows[3 * i + 1]! + rows[3 * i + 2]!),
    )
    expect(totals).toEqual(new Set([1000]))
  })

  it.each([
    { concentration: [2, 1.5, 3.5], k: 0 },
    { concentration: [1.5, 3.5, 2], k: 2 },
  ])('of the Dirichlet distribution have beta entries, in column $k', ({ concentration, k }) => {
    const rows = new Float64Array(3 * n)
    fillDirichlet(key(k), Float64Array.from(concentration), 3, rows)
    const fit = fitOf(column(rows, k), find('beta(2, 5)'))
    for (const [statistic, value] of Object.entries(fit)) expect(value, statistic).toBeLessThan(1)
  })
})

/** Plausible mistakes: each must fail the test that the samplers pass. */
const mistakes: readonly (readonly [
  what: string,
  of: string,
  draw: (draws: Float64Array) => Float64Array,
])[] = [
  ['without the boost', 'gamma(0.5)', () => filled((out) => fillGamma(key(1), Float64Array.of(1.5), out))],
  ['with the boost twice', 'gamma(0.5)', (draws) => draws.map((x, i) => x * uniforms[i]! ** 2)],
  ['all cubes accepted', 'gamma(1)', () => cubes(1)],
  ['as a normal', 'gamma(30)', () => normals.map((z) => 30 + z * Math.sqrt(30))],
  ['of another concentration', 'gamma(1000000000000)', (draws) => draws.map((x) => x + 1e5)],
  ['uniform in logs', 'logGamma(1e-10)', () => uniforms.map((u) => -u * 2e10)],
  ['of the rate 1', 'exponential(0.000001)', (draws) => draws.map((x) => x * 1e-6)],
  ['by the wrong one of two gammas', 'beta(2, 5)', (draws) => draws.map((x) => 1 - x)],
  ['as a wrapped normal', 'vonMises(4)', () => normals.map((z) => z / 2)],
  ['without rejection', 'vonMises(1)', () => wrappedCauchys(1)],
  ['of one sign', 'vonMises(0.1)', (draws) => draws.map(Math.abs)],
  ['clamped', 'truncatedNormal(-1, 1)', () => normals.map((z) => Math.max(-1, Math.min(1, z)))],
  [
    'all exponentials accepted',
    'truncatedNormal(1, Infinity)',
    () => uniforms.map((u) => 1 - Math.log(u) / 1.618),
  ],
  ['the lesser root alone', 'inverseGaussian(1, 1)', (draws) => draws.map((x) => Math.min(x, 1 / x))],
  ['off by one', 'poisson(3)', (draws) => draws.map((k) => k + 1)],
  ['off by one', 'poisson(10000)', (draws) => draws.map((k) => k + 2)],
  ['as a rounded normal', 'poisson(25)', () => normals.map((z) => Math.round(25 + 5 * z))],
  [
    'as a Poisson draw',
    'binomial(100, 0.1)',
    () => filled((out) => fillPoisson(key(1), Float64Array.of(10), out)),
  ],
  ['failures for successes', 'binomial(30, 0.9)', (draws) => draws.map((k) => 30 - k)],
  ['from 1', 'geometric(0.5)', (draws) => draws.map((k) => k + 1)],
  [
    'with replacement',
    'hypergeometric(30, 20, 40)',
    () => filled((out) => fillBinomial(key(1), Float64Array.of(40), Float64Array.of(0.6), out)),
  ],
  ['each drawn twice', 'poisson(25)', (draws) => draws.map((_, i) => draws[i & ~1]!)],
  ['NaN once in all', 'gamma(2)', (draws) => draws.with(7, NaN)],
]

describe('wrong draws are found out:', () => {
  it.each(mistakes)('%s, %s', (_, of, mistake) => {
    const right = cases.find(({ name }) => name === of)!
    const fit = fitOf(mistake(drawsOf(right, right.seed)), right)
    expect(Object.values(fit).some((value) => !(value < 1))).toBe(true)
  })
})

function filled(fill: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(samplerOracle.draws)
  fill(out)
  return out
}

const normals = filled((out) => fillNormal64(key(1), out))
const uniforms = filled((out) => fillUniform64(key(2), out)).map((u) => Math.max(u, 1e-300))

function cubes(a: number): Float64Array {
  const d = a - 1 / 3
  return normals.map((z) => d * Math.max(0, 1 + z / (3 * Math.sqrt(d))) ** 3)
}

function wrappedCauchys(kappa: number): Float64Array {
  const tau = 1 + Math.sqrt(1 + 4 * kappa * kappa)
  const r = tau / (2 * kappa)
  return uniforms.map((u) => 2 * Math.atan(Math.sqrt((r - 1) / (r + 1)) * Math.tan(Math.PI * (u - 0.5))))
}
