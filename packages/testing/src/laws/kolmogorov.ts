import type { AnyDistribution } from '../distribution.ts'
import { read, tensorOf } from '../evaluate.ts'
import { kolmogorovCritical } from '../statistics/budget.ts'
import type { Comparisons } from '../tally.ts'

/** Where a distribution function is asked: at so many of the sorted draws, evenly; sums over many values cost more. */
const POINTS = 400
const POINTS_IF_DISCRETE = 40

/** Draws that are numbers, against the distribution that they should have; `distribution` is a single one. */
export function checkKolmogorov(
  tally: Comparisons,
  at: string,
  distribution: AnyDistribution,
  draws: ArrayLike<number>,
): void {
  const sorted = Float64Array.from(draws).sort()
  if (distribution.cdf) kolmogorov(tally, at, distribution, sorted)
  else if (!distribution.support.isDiscrete) kolmogorovByDensity(tally, at, distribution, sorted)
}

/** sup |F_n − F|, with room for draws that float32 rounds onto each other: F(x) lies between F_n(x−) and F_n(x). */
function kolmogorov(
  tally: Comparisons,
  at: string,
  { cdf, support }: AnyDistribution,
  sorted: Float64Array,
): void {
  const xs = quantilesOf(sorted, support.isDiscrete ? POINTS_IF_DISCRETE : POINTS)
  const probabilities = read(() => cdf!(tensorOf(xs)))
  let distance = 0
  xs.forEach((x, i) => {
    const [below, upTo] = empirical(sorted, x)
    const probability = probabilities[i]!
    const gap = Math.max((support.isDiscrete ? upTo : below) - probability, probability - upTo)
    if (!(gap <= distance)) distance = gap
  })
  const allowed = kolmogorovCritical(sorted.length)
  tally.compare({ at: `${at}: distance of distribution functions`, expected: 0, got: distance, allowed })
}

const NODES = [
  -0.9602898564975363, -0.7966664774136267, -0.525532409916329, -0.1834346424956498, 0.1834346424956498,
  0.525532409916329, 0.7966664774136267, 0.9602898564975363,
]
const WEIGHTS = [
  0.10122853629037626, 0.22238103445337448, 0.31370664587788727, 0.362683783378362, 0.362683783378362,
  0.31370664587788727, 0.22238103445337448, 0.10122853629037626,
]

/** The same from the density, integrated between the sorted draws by Gauss and Legendre's rule, from the median out. */
function kolmogorovByDensity(
  tally: Comparisons,
  at: string,
  distribution: AnyDistribution,
  sorted: Float64Array,
): void {
  const xs = quantilesOf(sorted, POINTS).slice(1, -1)
  const nodes = xs.slice(1).flatMap((x, i) => NODES.map((node) => (xs[i]! + x + node * (x - xs[i]!)) / 2))
  const logs = read(() => distribution.logProb(tensorOf(nodes)))
  const mass = xs
    .slice(1)
    .map((x, i) =>
      WEIGHTS.reduce(
        (sum, weight, k) => sum + (weight * (x - xs[i]!) * Math.exp(logs[i * WEIGHTS.length + k]!)) / 2,
        0,
      ),
    )
  const cumulative = [0]
  for (const m of mass) cumulative.push(cumulative.at(-1)! + m)
  const middle = xs.length >> 1
  const centre = empirical(sorted, xs[middle]!)[1]
  let distance = 0
  xs.forEach((x, i) => {
    const gap = Math.abs(empirical(sorted, x)[1] - centre - (cumulative[i]! - cumulative[middle]!))
    if (!(gap <= distance)) distance = gap
  })
  const allowed = 2 * kolmogorovCritical(sorted.length)
  tally.compare({ at: `${at}: distance of distribution functions`, expected: 0, got: distance, allowed })
}

function quantilesOf(sorted: Float64Array, most: number): number[] {
  const n = sorted.length
  const points = Math.min(most, n)
  const places = Array.from({ length: points }, (_, i) => Math.floor((i * (n - 1)) / (points - 1)))
  return [...new Set(places.map((place) => sorted[place]!))].filter(Number.isFinite)
}

/** The shares of draws below x, and up to x. */
function empirical(sorted: Float64Array, x: number): [below: number, upTo: number] {
  const find = (isBefore: (y: number) => boolean): number => {
    let [low, high] = [0, sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (isBefore(sorted[middle]!)) low = middle + 1
      else high = middle
    }
    return low / sorted.length
  }
  return [find((y) => y < x), find((y) => y <= x)]
}
