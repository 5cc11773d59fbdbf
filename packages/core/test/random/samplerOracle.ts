import { readFileSync } from 'node:fs'

/** A distribution and how probable it is that a draw falls between edges: `generate-samplers.py` wrote it. */
export interface SamplerCase {
  readonly sampler: string
  readonly parameters: readonly (number | string)[]
  readonly edges: readonly number[]
  /** Of (−∞, e₀], (e₀, e₁], …, (eₖ, ∞). */
  readonly probs: readonly number[]
  readonly mean?: number
  readonly variance?: number
  /** Null where the mean of squares of so many draws is not yet normal. */
  readonly kurtosis?: number | null
}

interface SamplerOracle {
  readonly draws: number
  /** How probable it is that one check fails by chance: 1e-6 over their number. */
  readonly alpha: number
  /** The critical values: of |z|, of √n·sup |Fₙ − F|, and of Pearson's statistic by its degrees of freedom. */
  readonly normal: number
  readonly kolmogorov: number
  readonly chiSquared: Readonly<Record<string, number>>
  readonly cases: readonly SamplerCase[]
}

export const samplerOracle: SamplerOracle = readOracle('samplers.json')

export function readOracle(name: string): SamplerOracle {
  return JSON.parse(readFileSync(new URL(`../oracles/${name}`, import.meta.url), 'utf8')) as SamplerOracle
}

/** Each statistic over its critical value: a sampler passes if all are below 1. */
export interface Fit {
  readonly chiSquared: number
  readonly kolmogorov: number
  readonly mean: number
  readonly variance: number
  /** The correlation of each draw with the next, by which side of the middle edge they are on. */
  readonly neighbours: number
}

/** How well draws fit their distribution. A draw that is NaN fits nowhere. */
export function fitOf(draws: Float64Array, expected: SamplerCase): Fit {
  if (draws.some(Number.isNaN))
    return { chiSquared: NaN, kolmogorov: NaN, mean: NaN, variance: NaN, neighbours: NaN }
  return {
    ...fitOfCounts(countDraws(draws, expected), expected, samplerOracle),
    ...momentsOf(draws, expected),
    neighbours: correlationOf(draws, expected),
  }
}

/** How many draws fall in each bin, added to `counts`. */
export function countDraws(
  draws: Float64Array,
  { edges, probs }: SamplerCase,
  counts: Float64Array = new Float64Array(probs.length),
): Float64Array {
  for (const draw of draws) counts[binOf(draw, edges)]!++
  return counts
}

export function fitOfCounts(
  counts: Float64Array,
  { probs }: SamplerCase,
  critical: Pick<SamplerOracle, 'chiSquared' | 'kolmogorov'>,
): Pick<Fit, 'chiSquared' | 'kolmogorov'> {
  const n = counts.reduce((sum, count) => sum + count, 0)
  let pearson = 0
  let [distance, cumulated, observed] = [0, 0, 0]
  for (const [i, count] of counts.entries()) {
    pearson += (count - n * probs[i]!) ** 2 / (n * probs[i]!)
    cumulated += probs[i]!
    observed += count
    distance = Math.max(distance, Math.abs(observed / n - cumulated))
  }
  return {
    chiSquared: pearson / critical.chiSquared[String(probs.length - 1)]!,
    kolmogorov: (Math.sqrt(n) * distance) / critical.kolmogorov,
  }
}

/** The number of edges below a draw. */
function binOf(draw: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (draw > edges[middle]!) low = middle + 1
    else high = middle
  }
  return low
}

function momentsOf(draws: Float64Array, expected: SamplerCase): { mean: number; variance: number } {
  const { mean, variance, kurtosis } = expected
  if (mean === undefined || variance === undefined || typeof kurtosis !== 'number')
    return { mean: 0, variance: 0 }
  const n = draws.length
  let [sum, squares] = [0, 0]
  for (const draw of draws) {
    const z = (draw - mean) / Math.sqrt(variance)
    sum += z
    squares += z * z - 1
  }
  const zOfVariance = kurtosis > 1 + 1e-9 ? squares / Math.sqrt(n * (kurtosis - 1)) : 0
  return {
    mean: Math.abs(sum) / Math.sqrt(n) / samplerOracle.normal,
    variance: Math.abs(zOfVariance) / samplerOracle.normal,
  }
}

function correlationOf(draws: Float64Array, { edges, probs }: SamplerCase): number {
  const middle = edges.length >> 1
  const below = probs.slice(0, middle + 1).reduce((sum, p) => sum + p, 0)
  const scores = draws.map((draw) => (draw > edges[middle]! ? below : below - 1))
  let sum = 0
  for (let i = 0; i + 1 < scores.length; i++) sum += scores[i]! * scores[i + 1]!
  return Math.abs(sum) / (below * (1 - below) * Math.sqrt(scores.length)) / samplerOracle.normal
}
