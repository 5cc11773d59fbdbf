import { describe, expect, it } from 'vitest'
import { key, NumericalError } from '../../src/index.ts'
import { fillBinomial } from '../../src/random/fillBinomial.ts'
import type { Draws, Parameter } from '../../src/random/fillBlocks.ts'
import { fillExponential } from '../../src/random/fillExponential.ts'
import { fillGamma, fillLogGamma } from '../../src/random/fillGamma.ts'
import { fillGeometric } from '../../src/random/fillGeometric.ts'
import { fillHypergeometric } from '../../src/random/fillHypergeometric.ts'
import { fillInverseGaussian } from '../../src/random/fillInverseGaussian.ts'
import { fillPoisson } from '../../src/random/fillPoisson.ts'
import { fillTruncatedNormal } from '../../src/random/fillTruncatedNormal.ts'
import { fillVonMises } from '../../src/random/fillVonMises.ts'

type Fill = (out: Draws, parameters: readonly Parameter[], seed?: number) => void

interface Sampler {
  readonly name: string
  readonly fill: Fill
  /** A few elements' parameters each: of every way in which the sampler draws, and extremes. */
  readonly valid: readonly (readonly number[])[]
  readonly invalid: readonly (readonly number[])[]
}

const TINY = Number.MIN_VALUE
const HUGE = Number.MAX_VALUE
const samplers: readonly Sampler[] = [
  {
    name: 'fillGamma',
    fill: (out, [a], seed = 0) => fillGamma(key(seed), a!, out),
    valid: [[0.3], [1], [1.7], [500], [1e-10], [TINY], [1e300]],
    invalid: [[0], [-1], [NaN], [Infinity]],
  },
  {
    name: 'fillLogGamma',
    fill: (out, [a], seed = 0) => fillLogGamma(key(seed), a!, out),
    valid: [[0.3], [1], [1.7], [500], [1e-10], [TINY], [1e300]],
    invalid: [[0], [-1], [NaN], [Infinity]],
  },
  {
    name: 'fillPoisson',
    fill: (out, [rate], seed = 0) => fillPoisson(key(seed), rate!, out),
    valid: [[0], [TINY], [3], [9.999], [10], [11], [1e9], [1e15], [1e300]],
    invalid: [[-1], [NaN], [Infinity]],
  },
  {
    name: 'fillBinomial',
    fill: (out, [total, probs], seed = 0) => fillBinomial(key(seed), total!, probs!, out),
    valid: [
      [0, 0.5],
      [7, 0],
      [7, 1],
      [7, 0.5],
      [40, 0.4],
      [40, 0.9],
      [1e9, 1e-9],
      [1e9, 0.5],
      [2 ** 53, TINY],
      [2 ** 53, 0.5],
    ],
    invalid: [
      [-1, 0.5],
      [1.5, 0.5],
      [3, -0.1],
      [3, 1.1],
      [NaN, 0.5],
      [3, NaN],
      [Infinity, 0.5],
    ],
  },
  {
    name: 'fillVonMises',
    fill: (out, [kappa], seed = 0) => fillVonMises(key(seed), kappa!, out),
    valid: [[0], [TINY], [1e-9], [0.5], [4], [1e6], [1e15], [1e300]],
    invalid: [[-1], [NaN], [Infinity]],
  },
  {
    name: 'fillTruncatedNormal',
    fill: (out, [low, high], seed = 0) => fillTruncatedNormal(key(seed), low!, high!, out),
    valid: [
      [-Infinity, Infinity],
      [-1, 1],
      [-2, 2],
      [0, Infinity],
      [2, 3],
      [-Infinity, -40],
      [1e8, Infinity],
      [1e300, HUGE],
      [-HUGE, HUGE],
      [0, TINY],
      [-TINY, TINY],
      [3, 3],
    ],
    invalid: [
      [1, 0],
      [NaN, 1],
      [0, NaN],
      [Infinity, Infinity],
      [-Infinity, -Infinity],
    ],
  },
  {
    name: 'fillExponential',
    fill: (out, [rate], seed = 0) => fillExponential(key(seed), rate!, out),
    valid: [[1], [1e-300], [1e300]],
    invalid: [[0], [-1], [NaN], [Infinity]],
  },
  {
    name: 'fillGeometric',
    fill: (out, [probs], seed = 0) => fillGeometric(key(seed), probs!, out),
    valid: [[1], [0.5], [1e-300], [1 - 2 ** -53]],
    invalid: [[0], [-1], [1.1], [NaN]],
  },
  {
    name: 'fillHypergeometric',
    fill: (out, [good, bad, sampled], seed = 0) => fillHypergeometric(key(seed), good!, bad!, sampled!, out),
    valid: [
      [0, 0, 0],
      [0, 5, 3],
      [5, 0, 3],
      [5, 5, 0],
      [5, 5, 10],
      [20, 30, 10],
      [400, 300, 200],
      [1e9, 1e9, 1e9],
      [1, 1e12, 1],
    ],
    invalid: [
      [1, 1, 3],
      [-1, 3, 1],
      [1.5, 3, 1],
      [3, 3, -1],
      [NaN, 1, 1],
    ],
  },
  {
    name: 'fillInverseGaussian',
    fill: (out, [mean, concentration], seed = 0) =>
      fillInverseGaussian(key(seed), mean!, concentration!, out),
    valid: [
      [1, 1],
      [1e-8, 1e8],
      [1e8, 1e-8],
      [1e150, 1e-150],
      [3, 0.1],
    ],
    invalid: [
      [0, 1],
      [1, 0],
      [-1, 1],
      [NaN, 1],
      [1, Infinity],
    ],
  },
]

/** One array a parameter, long enough to give each of n draws its own: they take turns. */
function columns(rows: readonly (readonly number[])[], n: number): Float64Array[] {
  return rows[0]!.map((_, p) => Float64Array.from({ length: n }, (_unused, i) => rows[i % rows.length]![p]!))
}

const N = 3500

describe.each(samplers)('$name', ({ fill, valid, invalid }) => {
  it('draws each element as it would alone, whatever is drawn beside it', () => {
    const all = new Float64Array(N)
    fill(all, columns(valid, N))
    for (const [turn, row] of valid.entries()) {
      const same = new Float64Array(N)
      fill(
        same,
        row.map((x) => Float64Array.of(x)),
      )
      const isTurn = (_: number, i: number): boolean => i % valid.length === turn
      expect(all.filter(isTurn)).toEqual(same.filter(isTurn))
    }
  })

  it.each([1, 2, 1023, 1024, 1025, 2500])('draws the first %i of many', (n) => {
    const [all, some] = [new Float64Array(N), new Float64Array(n)]
    fill(all, columns(valid, N))
    fill(some, columns(valid, n))
    expect(some).toEqual(all.slice(0, n))
  })

  it('repeats parameters that are fewer than the draws', () => {
    const [all, repeated] = [new Float64Array(N), new Float64Array(N)]
    fill(all, columns(valid, N))
    fill(repeated, columns(valid, valid.length))
    expect(repeated).toEqual(all)
  })

  it('draws the same again, and other numbers from another key', () => {
    const [first, again, other] = [new Float64Array(N), new Float64Array(N), new Float64Array(N)]
    fill(first, columns(valid, N))
    fill(again, columns(valid, N))
    fill(other, columns(valid, N), 1)
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('rounds the same draws to float32, and to int32 where it holds them', () => {
    const [float64, float32, int32] = [new Float64Array(N), new Float32Array(N), new Int32Array(N)]
    fill(float64, columns(valid, N))
    fill(float32, columns(valid, N))
    expect(float32).toEqual(Float32Array.from(float64))
    const isGreat = (row: readonly number[]): boolean => {
      fill(float64, columns([row], N))
      return float64.some((x) => x >= 2 ** 31)
    }
    const small = valid.filter((row) => !isGreat(row))
    fill(float64, columns(small, N))
    fill(int32, columns(small, N))
    expect(int32).toEqual(Int32Array.from(float64))
    for (const row of valid.filter(isGreat)) {
      expect(() => fill(int32, columns([row], N))).toThrow(NumericalError)
      expect(() => fill(int32, columns([row], N))).toThrow('and counts are int32, at most 2^31 - 1')
    }
  })

  it('never draws NaN from valid parameters', () => {
    const many = new Float64Array(100_000)
    fill(many, columns(valid, many.length), 7)
    expect(many.findIndex(Number.isNaN)).toBe(-1)
  })

  it('draws NaN, which int32 refuses, from parameters out of domain, and the others as ever', () => {
    const rows = [valid[1]!, ...invalid]
    const [draws, counts, right] = [new Float64Array(N), new Int32Array(N), new Float64Array(N)]
    fill(draws, columns(rows, N))
    expect(() => fill(counts, columns(invalid, N))).toThrow(NumericalError)
    expect(() => fill(counts, columns(invalid, N))).toThrow(/draw 0 of .* is NaN/)
    fill(
      right,
      valid[1]!.map((x) => Float64Array.of(x)),
    )
    const isValid = (_: unknown, i: number): boolean => i % rows.length === 0
    const isInvalid = (_: unknown, i: number): boolean => i % rows.length !== 0
    expect(draws.filter(isInvalid).every(Number.isNaN)).toBe(true)
    expect(draws.filter(isValid)).toEqual(right.filter(isValid))
  })
})

describe('draws at the edges', () => {
  const drawn = (fill: (out: Float64Array) => void): Float64Array => {
    const out = new Float64Array(2000)
    fill(out)
    return out
  }
  const of = (x: number): Float64Array => Float64Array.of(x)

  it('are certain where the distribution is', () => {
    expect(new Set(drawn((out) => fillPoisson(key(0), of(0), out)))).toEqual(new Set([0]))
    expect(new Set(drawn((out) => fillBinomial(key(0), of(0), of(0.3), out)))).toEqual(new Set([0]))
    expect(new Set(drawn((out) => fillBinomial(key(0), of(90), of(0), out)))).toEqual(new Set([0]))
    expect(new Set(drawn((out) => fillBinomial(key(0), of(90), of(1), out)))).toEqual(new Set([90]))
    expect(new Set(drawn((out) => fillGeometric(key(0), of(1), out)))).toEqual(new Set([0]))
    expect(new Set(drawn((out) => fillHypergeometric(key(0), of(4), of(3), of(7), out)))).toEqual(
      new Set([4]),
    )
    expect(new Set(drawn((out) => fillTruncatedNormal(key(0), of(3), of(3), out)))).toEqual(new Set([3]))
  })

  it.each([
    [-1, 1],
    [-3, 2],
    [0, 0.5],
    [7, 7.001],
    [-1e4, -1e4 + 1e-3],
    [40, Infinity],
  ])('of a normal between %d and %d are there', (low, high) => {
    const draws = drawn((out) => fillTruncatedNormal(key(3), of(low), of(high), out))
    expect(draws.every((x) => x >= low && x <= high)).toBe(true)
    expect(new Set(draws).size).toBeGreaterThan(1)
  })

  it('are angles from −π to π', () => {
    const draws = drawn((out) => fillVonMises(key(3), of(0), out))
    expect(draws.every((x) => Math.abs(x) <= Math.PI)).toBe(true)
  })

  it('have finite logarithms for concentrations whose draws are 0', () => {
    const tiny = of(1e-10)
    expect(drawn((out) => fillGamma(key(0), tiny, out)).filter((x) => x === 0).length).toBeGreaterThan(1900)
    expect(drawn((out) => fillLogGamma(key(0), tiny, out)).every(Number.isFinite)).toBe(true)
  })

  it('have the logarithms that fillLogGamma draws', () => {
    const gammas = drawn((out) => fillGamma(key(0), Float64Array.of(0.2, 3), out))
    const logs = drawn((out) => fillLogGamma(key(0), Float64Array.of(0.2, 3), out))
    for (const [i, log] of logs.entries()) expect(Math.log(gammas[i]!)).toBeCloseTo(log, 12)
  })
})
