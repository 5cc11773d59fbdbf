import { isDense } from './mixture.ts'
import { momentsPerComponent, type MixtureStatistics } from './statistics.ts'

/**
 * Σᵢ rᵢₖ·(xᵢ − m)(xᵢ − m)ᵀ of component k about any point m [d at `offset`], from the moments about its
 * centre: a full matrix [d, d] for dense forms, its diagonal [d] for the others.
 */
export function scatterAbout(
  statistics: MixtureStatistics,
  k: number,
  point: Float64Array,
  offset: number,
): Float64Array {
  const shift = shiftTo(statistics, k, point, offset)
  return isDense(statistics.covariance)
    ? fullScatter(statistics, k, shift)
    : diagonalScatter(statistics, k, shift)
}

// x − m = (x − c) + s, so each element is Σ r·z_a·z_b + s_a·f_b + f_a·s_b + N·s_a·s_b.

function fullScatter(statistics: MixtureStatistics, k: number, shift: Float64Array): Float64Array {
  const { dimension: d, counts, first, second } = statistics
  const scatter = new Float64Array(d * d)
  const mean = k * d
  let packed = k * momentsPerComponent(statistics)
  for (let a = 0; a < d; a++) {
    const ofA = shift[a]!
    const [linear, square] = [first[mean + a]!, counts[k]! * ofA]
    for (let b = 0; b <= a; b++) {
      const ofB = shift[b]!
      const element = second[packed++]! + ofA * first[mean + b]! + linear * ofB + square * ofB
      scatter[a * d + b] = scatter[b * d + a] = element
    }
  }
  return scatter
}

function diagonalScatter(
  { dimension: d, counts, first, second }: MixtureStatistics,
  k: number,
  shift: Float64Array,
): Float64Array {
  return shift.map((s, a) => {
    const linear = first[k * d + a]!
    return Math.max(0, second[k * d + a]! + s * linear + linear * s + counts[k]! * s * s)
  })
}

function shiftTo(
  { centers, dimension: d }: MixtureStatistics,
  k: number,
  point: Float64Array,
  offset: number,
): Float64Array {
  const shift = new Float64Array(d)
  for (let a = 0; a < d; a++) shift[a] = centers[k * d + a]! - point[offset + a]!
  return shift
}
